"""Reports, sanctions and the audit trail: what keeps a common place fit to be in. Knows people, and no app above."""
