"""What people say of themselves: accounts, organizations, who acts for whom, what they watch."""
