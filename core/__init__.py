"""The words of the house: values, state, context, ports, errors and settings. Imports nothing of ours."""
