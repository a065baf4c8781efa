"""案件文书: every paper that a case issues or helps to draft, from its declaration to its issue."""
