"""Figures as plain drawings: bars, steps and terms worked out as numbers that a template draws as SVG."""
