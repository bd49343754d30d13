// Reads a calendar file with ical.js: prints every instant at which something takes place, as JSON.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const [path, until] = process.argv.slice(2);
const end = Date.parse(until);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf-8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);

const events = calendar.getAllSubcomponents("vevent").map((component) => new ICAL.Event(component));
const overrides = events.filter((event) => event.isRecurrenceException());
const found = [];

function note(item, start) {
  if (item.component.getFirstPropertyValue("status") === "CANCELLED") return;
  found.push({ summary: item.summary, at: start.toJSDate().toISOString(), minutes: item.duration.toSeconds() / 60 });
}

for (const master of events.filter((event) => !event.isRecurrenceException())) {
  for (const override of overrides.filter((event) => event.uid === master.uid)) master.relateException(override);
  if (!master.isRecurring()) {
    note(master, master.startDate);
    continue;
  }
  const dates = master.iterator();
  for (let next = dates.next(); next && next.toJSDate().getTime() < end; next = dates.next()) {
    const details = master.getOccurrenceDetails(next);
    note(details.item, details.startDate);
  }
}
found.sort((a, b) => a.at.localeCompare(b.at));
process.stdout.write(JSON.stringify(found));
