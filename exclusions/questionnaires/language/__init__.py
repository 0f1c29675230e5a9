"""What a questionnaire is made of: questions, kinds, conditions, compounds, printing, schema."""
