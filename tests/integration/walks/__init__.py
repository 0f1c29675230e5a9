"""Random walks of the workflow: any person tries anything at any time, and the record stays true."""
