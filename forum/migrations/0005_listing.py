from django.db import migrations, models

WHILE_SERVED = (
    "The index is made in a fraction of a second for tens of thousands of threads; posts wait meanwhile, reading does "
    "not, and the release before uses the index without knowing of it."
)


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0004_threads_muted_once"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(fields=["-is_pinned", "-last_post_at", "-id"], name="thread_listing"),
        ),
    ]
