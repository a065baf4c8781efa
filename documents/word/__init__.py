"""Word 文件: the text of a paper as a .docx that stays editable in WPS, in the same measures as the PDF."""
