// The Cloud Code of the profile "cloud": what each scenario needs, one file for each.
/* global Parse */
require('./functions.js');
require('./validators.js');
require('./saves.js');
require('./finds.js');
require('./deletes.js');
require('./users.js');
require('./jobs.js');
require('./config.js');
require('./limits.js');
