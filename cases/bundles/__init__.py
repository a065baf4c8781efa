"""成批文件: papers of a case for every worker, and the case file as one PDF. Made by jobs, given out on record."""
