import { readDocument } from "../../../../emulator/http/s3/document";

test.each([
  ["&lt;a&#62; &amp; &quot;b&#x22;", '<a> & "b"'],
  ["&nothing;", "&nothing;"],
  ["&constructor;", "&constructor;"],
])("the text %s of a document is %s", (text, meant) => {
  expect(readDocument(Buffer.from(`<Key>${text}</Key>`).toString("base64"), "Key").text).toBe(meant);
});
