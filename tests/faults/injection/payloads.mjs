// Texts that break out of SQL wherever one is spliced into it. Each has the mark in it, so that it can be told from the
// rest of a statement.

/** Part of every payload; no statement that PostgreSQL is sent may contain it, for values travel beside the statement. */
export const kMark = 'zq7';

/** Seconds that a payload sleeps when it is carried out. */
export const kSleep = 20;

const kSleeping = `pg_sleep(${kSleep})`;

export const kPayloads = [
  // Ends of a literal, odd and even.
  `${kMark}'`, `'${kMark}`, `${kMark}''`, `''${kMark}`, `${kMark}'''`, `${kMark}\\'`, `${kMark}\\\\'`, `${kMark}\\`, `E'${kMark}\\''`,
  // Ends of a quoted identifier.
  `${kMark}"`, `"${kMark}`, `${kMark}""`, `${kMark}\\"`, `a\\"${kMark}`, `${kMark}\``, `[${kMark}]`,
  // Conditions that hold.
  `${kMark}' OR '1'='1`, `${kMark}' OR 1=1 --`, `${kMark}") OR 1=1 --`, `${kMark}') OR (1=1`, `${kMark}" OR "1"="1`, `a.b' OR 1=1 -- ${kMark}`, `${kMark}' OR true/*`,
  // More statements, and sub-queries.
  `${kMark}'; DROP TABLE "Sentinel"; --`, `${kMark}"; DROP TABLE "Sentinel"; --`, `${kMark}); DELETE FROM "Sentinel"; --`, `0; UPDATE "Sentinel" SET "text"='${kMark}'`,
  `${kMark}'||(SELECT ${kSleeping})||'`, `${kMark}' AND (SELECT 1 FROM ${kSleeping})=1 --`, `0+(select ${kSleeping})/*${kMark}*/`, `(SELECT ${kSleeping}) --${kMark}`,
  `${kMark}') UNION SELECT "objectId","text" FROM "Sentinel" --`, `${kMark}" , (SELECT "text" FROM "Sentinel" LIMIT 1) AS "x`,
  // What drivers put values for.
  `$1 ${kMark}`, `$1:name ${kMark}`, `$1~ ${kMark}`, `$2:raw ${kMark}`, `$<x> ${kMark}`, `\${x} ${kMark}`, `:x ${kMark}`, `? ${kMark}`, `@x ${kMark}`, `%s %n ${kMark}`, `{0} ${kMark}`,
  // Other quotes, comments, arrays and JSON paths.
  `$$${kMark}$$`, `$x$ ${kMark} $x$`, `--${kMark}`, `/*${kMark}`, `${kMark}*/`, `#${kMark}`, `{${kMark},"b"}`, `{${kMark}`, `${kMark}}`, `${kMark},b}`, `${kMark}::text`, `$.${kMark}`, `$[*].${kMark}`,
  // Letters that some encodings turn into quotes.
  `${kMark}\u02bc OR 1=1`, `${kMark}\uff07 OR 1=1`, `${kMark}\u2019 OR 1=1`, `${kMark}\u201d`, `${kMark}\n; DROP TABLE "Sentinel"`, `${kMark}\t'`, `${kMark}\u00a0'`,
  // Patterns.
  `\\Q${kMark}'\\E`, `\\Q${kMark}' OR 1=1 --\\E`, `^\\Q${kMark}\\'\\E`, `${kMark}.*'`, `(?:${kMark}')`, `${kMark}%' OR '%`, `${kMark}_'`,
];
