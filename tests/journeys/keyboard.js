// Tells what a person who has only a keyboard meets: what can be pressed, where the focus is, and whether it shows.

window.keyboard = (() => {
  const WIDTH = 2; // CSS pixels, and the contrast of WCAG 1.4.11: what a ring needs to be seen
  const CONTRAST = 3;
  const KINDS = "a[href], button, input, select, textarea, summary, [tabindex]";
  const LOOKS = ["backgroundColor", "borderTopColor", "borderTopWidth", "borderBottomColor", "borderBottomWidth", "boxShadow"];
  const resting = new WeakMap();
  const walked = new Set();
  let last = null;
  let stays = 0;

  const pressable = () =>
    [...document.querySelectorAll(KINDS)].filter(
      (e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && e.tabIndex >= 0,
    );
  const keyOf = (e) => (e.type === "radio" ? `radio ${e.form?.id} ${e.name}` : e);
  const name = (e) => e.outerHTML.slice(0, 120);

  /** A box that is drawn by its label is seen there; everything else shows its own focus. */
  const shownBy = (e) => {
    const box = e.getBoundingClientRect();
    const isDrawn = box.width > 2 && box.height > 2 && getComputedStyle(e).opacity !== "0";
    return isDrawn || !["radio", "checkbox"].includes(e.type) ? e : e.labels[0];
  };
  const look = (e) => LOOKS.map((property) => getComputedStyle(e)[property]).join();

  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  /** The colour behind an element: its own, or that of the nearest thing around it that has one. */
  const behind = (e) => {
    for (let n = e; n; n = n.parentElement) {
      const colour = rgba(getComputedStyle(n).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const contrast = (a, b) => {
    const [dark, bright] = [light(a), light(b)].sort((x, y) => x - y);
    return (bright + 0.05) / (dark + 0.05);
  };

  const isRinged = (e) => {
    const style = getComputedStyle(e);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < WIDTH) return false;
    const ground = behind(parseFloat(style.outlineOffset) < 0 ? e : e.parentElement);
    return contrast(rgba(style.outlineColor), ground) >= CONTRAST;
  };
  const isInView = (e) => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  };
  /** Between the parts of a date, its field keeps the focus and the browser itself marks the part. */
  const isInsideDate = (e) => stays > 0 && ["date", "datetime-local", "time"].includes(e.type);
  const shows = (e) => {
    const shown = shownBy(e);
    return isInView(shown) && (isInsideDate(e) || isRinged(shown) || (resting.has(shown) && resting.get(shown) !== look(shown)));
  };

  return {
    /** Remember how everything looks while nothing has the focus. */
    begin() {
      for (const e of pressable().map(shownBy)) resting.set(e, look(e));
    },
    /** Say whether the round is over, and what is wrong where the focus is now. */
    step() {
      const e = document.activeElement;
      if (!e || e === document.body) return { over: true, fault: "" };
      const key = keyOf(e);
      stays = last === key ? stays + 1 : 0; // a date has a stop for each of its parts
      if (stays > 8) return { over: true, fault: `held by ${name(e)}` };
      const again = stays === 0 && walked.has(key);
      last = key;
      walked.add(key);
      return { over: again, fault: again || shows(e) ? "" : `not seen: ${name(e)}` };
    },
    /** What can be pressed and was not reached. */
    left: () => pressable().filter((e) => !walked.has(keyOf(e))).map((e) => `not reached: ${name(e)}`),
  };
})();
