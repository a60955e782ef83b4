const { setFlagsFromString } = require("node:v8");

// V8 optimizes what runs often, by default so early that this takes a fifth of the time of tests and of what they start.
// Newer ones do it in steps.
if (process.version.startsWith("v20.")) setFlagsFromString("--interrupt-budget=1000000");
