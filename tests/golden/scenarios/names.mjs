// Names a database might take for something else.
import { get, post, put, scenario } from '../lib/scenario.mjs';

const kWords = ['select', 'from', 'where', 'order', 'group', 'by', 'table', 'index', 'values', 'default', 'rowid', 'oid', 'key', 'user', 'true', 'and', 'or', 'limit', 'count'];
const of_words = (make) => Object.fromEntries(kWords.map((word, index) => [word, make(index)]));

const words = scenario('names_words', { classes: ['select', 'Table', 'Order', 'Group', 'NamWords'] }, [
  post('fields called like words of SQL', '/classes/NamWords', of_words((index) => index), { save: 'row' }),
  get('come back', '/classes/NamWords/{{row}}'),
  kWords.map((word, index) => get(`are found by ${word}`, '/classes/NamWords', { where: { [word]: index }, order: word, keys: word })),
  put('are updated', '/classes/NamWords/{{row}}', of_words((index) => index * 10)),
  get('have changed', '/classes/NamWords/{{row}}'),
  ['select', 'Table', 'Order', 'Group'].flatMap((name) => [
    post(`a class called ${name}`, `/classes/${name}`, { n: 1 }),
    get(`finds in ${name}`, `/classes/${name}`, { where: { n: 1 }, keys: 'n' })]),
]);

const numbers = scenario('names_numbers', { classes: ['NamNumber'] }, [
  ...[0, -0.0, 1, -1, 0.1, 1e15, 1e16, 9007199254740993, 123456789012345680, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, 3.141592653589793, 100, 1e2]
    .flatMap((value, index) => [
      post(`stores number ${index}`, '/classes/NamNumber', { n: value }, { save: `n${index}` }),
      get(`gives back number ${index}`, `/classes/NamNumber/{{n${index}}}`),
      get(`finds number ${index}`, '/classes/NamNumber', { where: { n: value, objectId: `{{n${index}}}` }, keys: 'n' }),
    ]),
]);

export default [words, numbers];
