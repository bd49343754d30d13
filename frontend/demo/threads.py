"""Owns the demonstration's discussions."""

import datetime

from commons.people.models import Network
from commons.text.normalise import normal_key
from forum.actions import accept_answer, add_post, add_thread, react
from forum.models import Event, Post, Thread
from frontend.demo.files import SOURCE, Values, moment, rows_of
from frontend.demo.people import People, people_of_demo
from practices.models import Sheet


def threads_of_demo() -> list[Thread]:
    """Return the discussions that the demonstration opened."""
    titles = {normal_key(row["title"]) for row in rows_of("threads")}
    threads = Thread.objects.filter(created_by__in=people_of_demo().values())
    return [thread for thread in threads if normal_key(thread.title) in titles]


def load_threads(today: datetime.date) -> int:
    """Add the missing discussions with their posts, and return how many."""
    known = {normal_key(thread.title) for thread in threads_of_demo()}
    rows = [row for row in rows_of("threads") if normal_key(row["title"]) not in known]
    people = people_of_demo()
    for row in rows:
        _load(row, people, today)
    return len(rows)


def _load(row: Values, people: People, today: datetime.date) -> None:
    first, *others = row["posts"]
    author = people[first["by"]]
    thread = add_thread(
        by=author,
        title=row["title"],
        body=first["body"],
        kind=row["kind"],
        audience=row.get("audience", ""),
        network=Network.objects.filter(slug=row.get("network", "")).first(),
        sheet=Sheet.objects.filter(source_key=f"{SOURCE}{row.get('sheet', '')}").first(),
        tags=row.get("tags", ()),
    )
    posts = [thread.posts.get(), *(add_post(by=people[one["by"]], thread=thread, body=one["body"]) for one in others)]
    for post, told in zip(posts, row["posts"], strict=True):
        for kind, emails in told.get("reactions", {}).items():
            for email in emails:
                react(by=people[email], post=Post.objects.select_related("thread").get(pk=post.pk), kind=kind)
    if "answer" in row:
        accept_answer(by=author, thread=thread, post=posts[row["answer"] - 1])
    _date(thread, posts, row, today)


def _date(thread: Thread, posts: list[Post], row: Values, today: datetime.date) -> None:
    """Give everything its past date: the actions have just written the present one."""
    for minute, (post, told) in enumerate(zip(posts, row["posts"], strict=True)):
        at = moment(today, told["days_ago"]) + datetime.timedelta(minutes=7 * minute)
        Post.objects.filter(pk=post.pk).update(created_at=at)
        Event.objects.filter(post=post).update(created_at=at)
        last = at
    opened = moment(today, row["posts"][0]["days_ago"])
    Event.objects.filter(thread=thread, post=None).update(created_at=last)
    Thread.objects.filter(pk=thread.pk).update(created_at=opened, updated_at=last, last_post_at=last)
