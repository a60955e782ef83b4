import { onThisMachine } from "../../../emulator/http/this-machine";

/** An emulator on whose port the hosts of AWS are, and at whose side a server stands for one other. */
const urls = (url: string): string =>
  url
    .replace(/^https:\/\/(?=[a-z0-9.-]+\.amazonaws\.com)/, "http://emulator:4700/")
    .replace("https://notes.example.com", "http://127.0.0.1:9000");

test.each([
  ["http://localhost:3000/callback", "http://localhost:3000/callback"],
  ["http://[::1]:3000/", "http://[::1]:3000/"],
  ["http://emulator:4700/iam.amazonaws.com/", "http://emulator:4700/iam.amazonaws.com/"],
  ["https://iam.amazonaws.com/", "http://emulator:4700/iam.amazonaws.com/"],
  ["https://notes.example.com/back", "http://127.0.0.1:9000/back"],
  ["vscode://extension/callback", "vscode://extension/callback"],
  ["com.example.app:/callback", "com.example.app:/callback"],
])("a browser comes to %s without leaving the machine", (url, reached) => {
  expect(onThisMachine(url, urls)).toBe(reached);
});

test.each(
  [
    ["https://evil.example/", "HTTPS://evil.example/", "http://evil.example/", "//evil.example/", ""],
    ["http://127.0.0.1@evil.example/", "http://localhost.evil.example/", "http://emulator:4701/", "http://0.0.0.0/"],
    [
      "javascript:alert(1)",
      "data:text/html,x",
      "about:blank",
      "view-source:http://evil.example/",
      "file:///etc/passwd",
    ],
    ["ws://evil.example/", "ftp://evil.example/", "smb://evil.example/share", "ssh://evil.example/"],
  ].flat(),
)("a browser is not led to %j", (url) => {
  expect(onThisMachine(url, urls)).toBeUndefined();
});
