from django.db import migrations

from dongthuan.work.denunciations.vault.sql import CREATE, DROP


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(CREATE, DROP)]
