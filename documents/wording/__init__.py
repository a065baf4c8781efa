"""Wording of papers (文书文本): a small whitelisted grammar, read by offices and never run as a template."""
