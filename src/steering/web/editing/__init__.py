"""What every form is made of: inputs, choices, the life of a form, and writes without one."""
