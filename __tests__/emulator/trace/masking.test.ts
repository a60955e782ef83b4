import { maskFields, maskSecrets, shorten } from "../../../emulator/trace/masking";

const TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";

test.each([
  [
    "a password",
    '{"AuthParameters":{"USERNAME":"ann","PASSWORD":"hunter2"}}',
    '{"AuthParameters":{"USERNAME":"ann","PASSWORD":"[masked]"}}',
  ],
  [
    "tokens of a sign-in",
    '{"AccessToken": "opaque", "ExpiresIn": 3600}',
    '{"AccessToken": "[masked]", "ExpiresIn": 3600}',
  ],
  ["a secret with escapes", String.raw`{"client_secret":"a\"b","x":"y"}`, '{"client_secret":"[masked]","x":"y"}'],
  ["a secret that is cut off", '{"NewPassword":"hunt', '{"NewPassword":"[masked]"'],
  ["a secret that is cut off in an escape", '{"NewPassword":"hunt\\', '{"NewPassword":"[masked]"'],
  [
    "a confirmation code, also as a number",
    '{"ConfirmationCode":"123456","confirmation_code": 123456}',
    '{"ConfirmationCode":"[masked]","confirmation_code": "[masked]"}',
  ],
  [
    "a code of a second factor",
    '{"SMS_MFA_CODE":"123456","EMAIL_OTP_CODE":"123456"}',
    '{"SMS_MFA_CODE":"[masked]","EMAIL_OTP_CODE":"[masked]"}',
  ],
  ["a list", '{"passwords":["a","b]"],"x":1}', '{"passwords":"[masked]","x":1}'],
  ["an object", '{"secret":{"value":"a","more":[{"b":"}"}]},"x":1}', '{"secret":"[masked]","x":1}'],
  ["a list that is cut off", '{"access_tokens":["a","b', '{"access_tokens":"[masked]"'],
  ["a name with escapes", String.raw`{"pass\u0077ord":"a"}`, String.raw`{"pass\u0077ord":"[masked]"}`],
  [
    "JSON in a text of JSON in a text",
    JSON.stringify({ text: JSON.stringify({ text: JSON.stringify({ password: "hunter2" }) }) }),
    JSON.stringify({ text: JSON.stringify({ text: JSON.stringify({ password: "[masked]" }) }) }),
  ],
  [
    "JSON in a text that is cut off",
    String.raw`{"text":"{\"password\":\"hun`,
    String.raw`{"text":"{\"password\":\"[masked]\""`,
  ],
  ["credentials of a header in prose", "it sent Basic dXNlcjpwYXNzd29yZA== to us", "it sent Basic [masked] to us"],
  ["a token in prose", `the token ${TOKEN} is bad`, "the token [masked] is bad"],
  ["a token that is cut off", `Bearer ${TOKEN.slice(0, 30)}`, "Bearer [masked]"],
])("masks %s", (_, text, masked) => {
  expect(maskSecrets(text)).toBe(masked);
});

test("leaves arguments, codes of errors and claims of JSON as they are", () => {
  const text =
    '{"jsonrpc":"2.0","method":"tools/call","params":{"name":"greet","arguments":{"name":"Ann","zipCode":"10115","max_tokens":100,"hasPassword":true,"text":"a \\"b\\""}},"error":{"code":-32001}}';
  expect(maskSecrets(text)).toBe(text);
});

test("masks the fields of forms and of URLs", () => {
  expect(maskFields("grant_type=client_credentials&client_id=a&client_secret=b&scope=c")).toBe(
    "grant_type=client_credentials&client_id=a&client_secret=[masked]&scope=c",
  );
  expect(maskFields("https://host/path?access_token=abc&page=2")).toBe(
    "https://host/path?access_token=[masked]&page=2",
  );
  expect(maskFields("https://host/path?X-Api-Key=abc&api_key=d&tenantApiKey=e")).toBe(
    "https://host/path?X-Api-Key=[masked]&api_key=[masked]&tenantApiKey=[masked]",
  );
});

test("masks percent-encoded names and values of fields", () => {
  expect(maskFields("client%5Fsecret=a&x=1")).toBe("client%5Fsecret=[masked]&x=1");
  const body = encodeURIComponent('{"password":"hunter2"}');
  expect(maskFields(`body=${body}&x=1`)).toBe(`body=${encodeURIComponent('{"password":"[masked]"}')}&x=1`);
  expect(maskFields("x=%E0%A4%A&y=1")).toBe("x=%E0%A4%A&y=1");
});

test("takes time that grows with a text's length alone", () => {
  const hostile = ['"'.repeat(2_000), '{"password":['.repeat(200), '\\"'.repeat(1_000), '"password":'.repeat(200)];
  for (const text of hostile) expect(maskSecrets(text)).not.toContain("hunter2");
});

test("shortens before it masks, and says how much is left out", () => {
  const text = `{"a":"${"x".repeat(1_985)}","password":"hunter2"}`;
  const shortened = shorten(text);
  expect(shortened).not.toContain("hunter2");
  expect(shortened).toMatch(/ … \d+ characters more$/);
  expect(shorten("short")).toBe("short");
});
