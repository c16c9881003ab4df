from django.db import migrations

from dongthuan.work.denunciations.vault.sql import CREATE, DROP

from dongthuan.core.schema import FirstMigration


class Migration(FirstMigration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(CREATE, DROP)]
