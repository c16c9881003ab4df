import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

from dongthuan.core.schema import FirstMigration


class Migration(FirstMigration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('intake', 'Intake officer'), ('handler', 'Handler'), ('head', 'Head'), ('mass_mobilisation', 'Mass-mobilisation officer'), ('front', 'Front officer'), ('inspector', 'Inspector'), ('admin', 'System administrator')], max_length=20)),
                ('title', models.CharField(max_length=160)),
                ('title_en', models.CharField(blank=True, max_length=160)),
                ('code', models.SlugField(max_length=80, unique=True)),
                ('receives_sealed', models.BooleanField(default=False)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True)),
                ('official_code', models.CharField(blank=True, max_length=10)),
                ('kind', models.CharField(choices=[('nation', 'Nation'), ('province', 'Province'), ('city', 'Centrally-run city'), ('district', 'District'), ('town', 'District-level town'), ('commune', 'Commune'), ('ward', 'Ward'), ('special_zone', 'Special zone'), ('village', 'Village'), ('group', 'Residential group'), ('people_committee', "People's committee"), ('party_committee', 'Party committee'), ('mass_mobilisation', 'Mass-mobilisation body'), ('front', 'Fatherland Front'), ('women', "Women's Union"), ('youth', 'Youth Union'), ('farmers', "Farmers' Association"), ('veterans', "Veterans' Association"), ('trade_union', 'Trade union'), ('department', 'Department'), ('inspectorate', 'Inspectorate'), ('board', 'Board')], max_length=20)),
                ('tier', models.CharField(choices=[('nation', 'National level'), ('province', 'Provincial level'), ('district', 'District level'), ('commune', 'Commune level'), ('village', 'Village level'), ('organ', 'Organ')], max_length=10)),
                ('name', models.CharField(max_length=200)),
                ('short_name', models.CharField(max_length=120)),
                ('name_en', models.CharField(blank=True, max_length=200)),
                ('sort_key', models.CharField(db_collation='C', editable=False, max_length=1500)),
                ('folded', models.CharField(db_collation='C', editable=False, max_length=330)),
                ('path', models.CharField(db_collation='C', max_length=200)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('document', models.CharField(blank=True, max_length=200)),
                ('note', models.TextField(blank=True)),
                ('evidence', models.CharField(choices=[('document', 'read in the document itself'), ('catalogue', 'from the catalogue of the statistics office'), ('reported', 'reported by others, not read in the document'), ('unverified', 'not verified'), ('illustration', 'illustration only')], default='document', max_length=12)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='units.unit')),
            ],
            options={
                'ordering': ['sort_key', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('share', models.DecimalField(blank=True, decimal_places=4, max_digits=5, null=True)),
                ('document', models.CharField(blank=True, max_length=200)),
                ('note', models.TextField(blank=True)),
                ('evidence', models.CharField(choices=[('document', 'read in the document itself'), ('catalogue', 'from the catalogue of the statistics office'), ('reported', 'reported by others, not read in the document'), ('unverified', 'not verified'), ('illustration', 'illustration only')], default='document', max_length=12)),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='succeeded_by', to='units.unit')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='succeeds', to='units.unit')),
            ],
            options={
                'ordering': ['on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PositionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('role', models.CharField(choices=[('intake', 'Intake officer'), ('handler', 'Handler'), ('head', 'Head'), ('mass_mobilisation', 'Mass-mobilisation officer'), ('front', 'Front officer'), ('inspector', 'Inspector'), ('admin', 'System administrator')], max_length=20)),
                ('title', models.CharField(max_length=160)),
                ('title_en', models.CharField(blank=True, max_length=160)),
                ('code', models.SlugField(db_index=False, max_length=80)),
                ('receives_sealed', models.BooleanField(default=False)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='units.position')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='units.unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='position',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='units.unit'),
        ),
        migrations.CreateModel(
            name='UnitEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(db_index=False, max_length=60)),
                ('official_code', models.CharField(blank=True, max_length=10)),
                ('kind', models.CharField(choices=[('nation', 'Nation'), ('province', 'Province'), ('city', 'Centrally-run city'), ('district', 'District'), ('town', 'District-level town'), ('commune', 'Commune'), ('ward', 'Ward'), ('special_zone', 'Special zone'), ('village', 'Village'), ('group', 'Residential group'), ('people_committee', "People's committee"), ('party_committee', 'Party committee'), ('mass_mobilisation', 'Mass-mobilisation body'), ('front', 'Fatherland Front'), ('women', "Women's Union"), ('youth', 'Youth Union'), ('farmers', "Farmers' Association"), ('veterans', "Veterans' Association"), ('trade_union', 'Trade union'), ('department', 'Department'), ('inspectorate', 'Inspectorate'), ('board', 'Board')], max_length=20)),
                ('tier', models.CharField(choices=[('nation', 'National level'), ('province', 'Provincial level'), ('district', 'District level'), ('commune', 'Commune level'), ('village', 'Village level'), ('organ', 'Organ')], max_length=10)),
                ('name', models.CharField(max_length=200)),
                ('short_name', models.CharField(max_length=120)),
                ('name_en', models.CharField(blank=True, max_length=200)),
                ('path', models.CharField(db_collation='C', max_length=200)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('document', models.CharField(blank=True, max_length=200)),
                ('note', models.TextField(blank=True)),
                ('evidence', models.CharField(choices=[('document', 'read in the document itself'), ('catalogue', 'from the catalogue of the statistics office'), ('reported', 'reported by others, not read in the document'), ('unverified', 'not verified'), ('illustration', 'illustration only')], default='document', max_length=12)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='units.unit')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='units.unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UnitName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('nation', 'Nation'), ('province', 'Province'), ('city', 'Centrally-run city'), ('district', 'District'), ('town', 'District-level town'), ('commune', 'Commune'), ('ward', 'Ward'), ('special_zone', 'Special zone'), ('village', 'Village'), ('group', 'Residential group'), ('people_committee', "People's committee"), ('party_committee', 'Party committee'), ('mass_mobilisation', 'Mass-mobilisation body'), ('front', 'Fatherland Front'), ('women', "Women's Union"), ('youth', 'Youth Union'), ('farmers', "Farmers' Association"), ('veterans', "Veterans' Association"), ('trade_union', 'Trade union'), ('department', 'Department'), ('inspectorate', 'Inspectorate'), ('board', 'Board')], max_length=20)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('document', models.CharField(blank=True, max_length=200)),
                ('note', models.TextField(blank=True)),
                ('evidence', models.CharField(choices=[('document', 'read in the document itself'), ('catalogue', 'from the catalogue of the statistics office'), ('reported', 'reported by others, not read in the document'), ('unverified', 'not verified'), ('illustration', 'illustration only')], default='document', max_length=12)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='names', to='units.unit')),
            ],
            options={
                'ordering': ['unit', 'valid_from'],
            },
        ),
        migrations.AddIndex(
            model_name='unit',
            index=models.Index(fields=['tier', 'sort_key'], name='unit_tier_sort'),
        ),
        migrations.AddIndex(
            model_name='unit',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('folded', name='gin_trgm_ops'), name='unit_folded_trigram'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(fields=('path',), name='unit_path_once'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='unit_term_in_order'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('path__endswith', '.')), name='unit_path_ends_with_dot'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "units_unitevent" ("address", "code", "document", "email", "evidence", "id", "kind", "name", "name_en", "note", "official_code", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "short_name", "tier", "valid_from", "valid_to") VALUES (NEW."address", NEW."code", NEW."document", NEW."email", NEW."evidence", NEW."id", NEW."kind", NEW."name", NEW."name_en", NEW."note", NEW."official_code", NEW."parent_id", NEW."path", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."short_name", NEW."tier", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='446790c49de1fc056b6d52e2d13ec657a7064a9a', operation='INSERT', pgid='pgtrigger_insert_insert_fb1f3', table='units_unit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."document" IS DISTINCT FROM (NEW."document") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."evidence" IS DISTINCT FROM (NEW."evidence") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."official_code" IS DISTINCT FROM (NEW."official_code") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."path" IS DISTINCT FROM (NEW."path") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."short_name" IS DISTINCT FROM (NEW."short_name") OR OLD."tier" IS DISTINCT FROM (NEW."tier") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to"))', func='INSERT INTO "units_unitevent" ("address", "code", "document", "email", "evidence", "id", "kind", "name", "name_en", "note", "official_code", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "short_name", "tier", "valid_from", "valid_to") VALUES (NEW."address", NEW."code", NEW."document", NEW."email", NEW."evidence", NEW."id", NEW."kind", NEW."name", NEW."name_en", NEW."note", NEW."official_code", NEW."parent_id", NEW."path", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."short_name", NEW."tier", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='595d747430d5b4a8ded556f4157437f6e3e25fcd', operation='UPDATE', pgid='pgtrigger_update_update_727f7', table='units_unit', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(fields=('predecessor', 'successor'), name='succession_once'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='succession_of_another'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.CheckConstraint(condition=models.Q(('share__isnull', True), models.Q(('share__gt', 0), ('share__lte', 1)), _connector='OR'), name='succession_share_0_to_1'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='position_term_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='position',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "units_positionevent" ("code", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receives_sealed", "role", "title", "title_en", "unit_id", "valid_from", "valid_to") VALUES (NEW."code", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."receives_sealed", NEW."role", NEW."title", NEW."title_en", NEW."unit_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='72ae3c2dd0ee2277a66f933be0f648c92adf68c0', operation='INSERT', pgid='pgtrigger_insert_insert_bef63', table='units_position', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='position',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "units_positionevent" ("code", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receives_sealed", "role", "title", "title_en", "unit_id", "valid_from", "valid_to") VALUES (NEW."code", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."receives_sealed", NEW."role", NEW."title", NEW."title_en", NEW."unit_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='3d528c252da57129d654add9e2983411542edaf5', operation='UPDATE', pgid='pgtrigger_update_update_c2254', table='units_position', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='unitname',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='unit_name_term_in_order'),
        ),
        migrations.AddConstraint(
            model_name='unitname',
            constraint=models.UniqueConstraint(fields=('unit', 'valid_from'), name='unit_name_once_a_day'),
        ),
    ]
