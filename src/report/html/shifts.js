// Shifts as the roster shows them: a letter or two, and a colour. The letter alone is enough;
// light colours are days and dark ones nights, so that they differ without colour too.

const DAY_COLOURS = 4;
const NIGHT_COLOURS = 3;
const DEAD_OF_NIGHT = 150;

/** Colour classes of the shifts, in the order of their starts: lighter by day, darker by night. */
function shiftClasses() {
  const { shifts } = model.roster;
  const classes = [];
  const used = { day: 0, night: 0 };
  const byStart = shifts.map((shift, index) => ({ ...shift, index })).sort((a, b) => a.start - b.start || a.index - b.index);
  for (const { start, length, index } of byStart) {
    const until = (DEAD_OF_NIGHT - start + 1440) % 1440;
    const kind = until < length ? 'night' : 'day';
    classes[index] = `on ${kind}-${used[kind]++ % (kind === 'day' ? DAY_COLOURS : NIGHT_COLOURS)}`;
  }
  return classes;
}

/** The shortest marks by which the names of all shifts can be told apart. */
function shiftMarks() {
  const names = model.shifts.map((shift) => [...nameOf(shift).toLocaleUpperCase(state.lang)]);
  const marks = names.map(([first]) => first ?? '?');
  const clash = (mark, index) => marks.some((other, i) => i !== index && other === mark);
  const longer = [(name) => name[0] + name[name.length - 1], (name, index) => `${name[0]}${index + 1}`];
  for (const make of longer) {
    const alike = marks.map((mark, index) => clash(mark, index));
    alike.forEach((is, index) => {
      if (is) marks[index] = make(names[index], index);
    });
  }
  return marks;
}

const clock = (minutes) => `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;

/** `06:00–14:00`. */
const shiftHours = ({ start, length }) => `${clock(start)}–${clock(start + length)}`;
