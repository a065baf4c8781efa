from django.db import migrations

# 取得文号: clocks that began before the case had its number bear it as those do that began after
RENAME = """
UPDATE deadlines_deadline d
SET title = left(replace(d.title, c.code, c.official_number), 80), sequence = d.sequence + 1
FROM cases_casedeadline l JOIN cases_case c ON c.id = l.case_id
WHERE l.deadline_id = d.id AND c.official_number <> '' AND starts_with(d.title, c.code)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0017_withdrawn_interruptions_and_late_promises"),
        ("deadlines", "0013_lists_hearers_and_confirmations"),
    ]
    operations = [migrations.RunSQL(RENAME, migrations.RunSQL.noop)]
