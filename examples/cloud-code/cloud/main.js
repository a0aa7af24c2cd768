// What the server loads: each file below registers its own functions and triggers.
require('./products.js');
require('./orders.js');
