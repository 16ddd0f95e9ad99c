// Words, numbers and times as people read them.

/** The text of `key` in the language shown, with {0}, {1}, ... put in. */
function t(key, ...values) {
  const text = WORDS[state.lang][key] ?? WORDS.en[key] ?? key;
  return text.replace(/\{(\d)\}/g, (all, i) => values[i] ?? all);
}

/** The name of a unit, target, tier, ... in the language shown. */
function nameOf(thing) {
  const { plain, zh } = thing.name;
  return (state.lang === 'zh' && zh) || plain || zh || thing.id;
}

/** A share from 0 to 1 as per cent; never rounded up to 100 or down to 0. */
function percent(share, digits = 1) {
  if (share == null || Number.isNaN(share)) return '–';
  const unit = 10 ** digits;
  let hundredths = Math.round(share * 100 * unit) / unit;
  if (share < 1 && hundredths >= 100) hundredths = 100 - 1 / unit;
  if (share > 0 && hundredths <= 0) hundredths = 1 / unit;
  return t('percent', hundredths.toFixed(hundredths === 100 || hundredths === 0 ? 0 : digits)).replace(' ', '\u202f');
}

/** A share that something can reach at most: rounded up, with more digits where it is small. */
function atMost(share, digits = share < 0.001 ? 3 : share < 0.01 ? 2 : 1) {
  const unit = 10 ** digits;
  // What lies above a step by a rounding error alone stays on it.
  const value = Math.max(0, Math.ceil(share * 100 * unit - 1e-6) / unit);
  return t('percent', value >= 100 || value === 0 ? value.toFixed(0) : value.toFixed(digits)).replace(' ', '\u202f');
}

/** A number with thousands apart. */
function number(value, digits = 0) {
  if (value == null || Number.isNaN(value)) return '–';
  const [whole, rest] = value.toFixed(digits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return rest ? `${grouped}.${rest}` : grouped;
}

/** A length of time, such as `1 h 52 min`. */
function duration(seconds) {
  const gap = '\u00a0';
  const minutes = Math.round(Math.abs(seconds) / 60);
  if (Math.abs(seconds) < 60) return Math.round(Math.abs(seconds)) + gap + t('s');
  const h = Math.floor(minutes / 60);
  const m = minutes % 60;
  if (h === 0) return m + gap + t('min');
  return h + gap + t('h') + (m ? gap + m + gap + t('min') : '');
}

/** Civil time of second `at` of the horizon, as a Date whose UTC fields read as local ones. */
function civil(at) {
  // Before the horizon, where handovers may lie, the clock is that of its start.
  let [[, offset]] = model.clock.offsets;
  for (const [from, east] of model.clock.offsets) {
    if (from <= at) offset = east;
  }
  return new Date((model.clock.epoch + at + offset) * 1000);
}

const two = (n) => String(n).padStart(2, '0');

/** `03:10`. */
function hourMinute(at) {
  const c = civil(at);
  return `${two(c.getUTCHours())}:${two(c.getUTCMinutes())}`;
}

/** `Tue`. */
const weekday = (at) => t('days').split(' ')[civil(at).getUTCDay()];

/** `Tue 03:10`. */
const dayTime = (at) => `${weekday(at)} ${hourMinute(at)}`;

/** `Tue 3 Mar`. */
function date(at) {
  const c = civil(at);
  return t('date')
    .replace('{w}', weekday(at))
    .replace('{d}', c.getUTCDate())
    .replace('{n}', c.getUTCMonth() + 1)
    .replace('{m}', t('months').split(' ')[c.getUTCMonth()]);
}

/** A value of the table of figures. */
function figure(value, unit) {
  if (value == null) return '–';
  switch (unit) {
    case 'share': return percent(value, 2);
    case 'seconds': return duration(value);
    case 'hours': return t('unit_hours', number(value, 1));
    case 'km': return `${number(value, 1)} km`;
    case 'ratio': return `${number(value, 2)} ×`;
    case 'time': return dayTime(value);
    case 'points': return number(value, 1);
    case 'minutes': return duration(value * 60);
    default: return number(value);
  }
}
