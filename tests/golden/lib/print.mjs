// Prints JSON with two spaces, keeping what fits on one line together: vectors are read by people.

const kWidth = 110;

function one_line(value) {
  if (Array.isArray(value)) return `[${value.map(one_line).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const pairs = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${one_line(inner)}`);
  return pairs.length ? `{ ${pairs.join(', ')} }` : '{}';
}

/** The printed form of `value`; `used` is how much of the line is taken already. */
export function print_json(value, indent = '', used = 0) {
  const line = one_line(value);
  if (value === null || typeof value !== 'object' || indent.length + used + line.length <= kWidth) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => inner + print_json(item, inner)).join(',\n')}\n${indent}]`;
  }
  const lines = Object.entries(value).map(([key, item]) => {
    const head = `${JSON.stringify(key)}: `;
    return inner + head + print_json(item, inner, head.length);
  });
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
