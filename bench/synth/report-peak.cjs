// Loaded before a measured program: writes its peak memory in kilobytes to the file that PEAK_FILE names.
const { writeFileSync } = require("node:fs");
process.on("exit", () => writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS)));
