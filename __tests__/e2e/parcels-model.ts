/** A Smithy model in the shape of AWS's own: bindings of every kind, an enum, a union, a shape that is a part of itself. */

const string = (traits: object = {}) => ({ target: "smithy.api#String", traits });
const member = (target: string, traits: object = {}) => ({ target: `example.parcels#${target}`, traits });
const required = { "smithy.api#required": {} };

function operation(name: string, method: string, uri: string, traits: object = {}) {
  return {
    type: "operation",
    input: { target: `example.parcels#${name}Input` },
    output: { target: "smithy.api#Unit" },
    traits: { "smithy.api#http": { method, uri }, "smithy.api#documentation": `${name} it.`, ...traits },
  };
}

const structure = (members: object) => ({ type: "structure", members });
const enumOf = (...values: string[]) => ({
  type: "enum",
  members: Object.fromEntries(
    values.map((value) => [
      value.toUpperCase(),
      { target: "smithy.api#Unit", traits: { "smithy.api#enumValue": value } },
    ]),
  ),
});

/** As those of AWS's services, which end in another host for each partition. */
export const RULES = {
  version: "1.0",
  parameters: {
    Region: { builtIn: "AWS::Region", required: false, type: "String" },
    UseFIPS: { builtIn: "AWS::UseFIPS", required: true, default: false, type: "Boolean" },
    Endpoint: { builtIn: "SDK::Endpoint", required: false, type: "String" },
  },
  rules: [
    {
      conditions: [{ fn: "isSet", argv: [{ ref: "Endpoint" }] }],
      endpoint: { url: { ref: "Endpoint" } },
      type: "endpoint",
    },
    {
      conditions: [{ fn: "isSet", argv: [{ ref: "Region" }] }],
      type: "tree",
      rules: [
        {
          conditions: [{ fn: "aws.partition", argv: [{ ref: "Region" }], assign: "PartitionResult" }],
          type: "tree",
          rules: [
            {
              conditions: [{ fn: "booleanEquals", argv: [{ ref: "UseFIPS" }, true] }],
              endpoint: { url: "https://parcels-fips.{Region}.{PartitionResult#dnsSuffix}" },
              type: "endpoint",
            },
            {
              conditions: [
                {
                  fn: "stringEquals",
                  argv: [{ fn: "getAttr", argv: [{ ref: "PartitionResult" }, "name"] }, "aws-cn"],
                },
              ],
              error: "Parcels is not there.",
              type: "error",
            },
            {
              conditions: [],
              endpoint: { url: "https://parcels.{Region}.{PartitionResult#dnsSuffix}" },
              type: "endpoint",
            },
          ],
        },
      ],
    },
    { conditions: [], error: "Invalid Configuration: Missing Region", type: "error" },
  ],
};

export const PARCELS = {
  smithy: "2.0",
  shapes: {
    "example.parcels#Parcels": {
      type: "service",
      version: "2026-01-01",
      operations: [member("Search"), member("Label"), member("Register"), member("Watch")],
      resources: [member("Parcel")],
      traits: {
        "aws.protocols#restJson1": {},
        "aws.auth#sigv4": { name: "parcels" },
        "smithy.rules#endpointRuleSet": RULES,
      },
    },
    "example.parcels#Parcel": {
      type: "resource",
      identifiers: { parcelId: { target: "smithy.api#String" } },
      put: member("PutParcel"),
      read: member("GetParcel"),
      resources: [member("Note")],
    },
    "example.parcels#Note": { type: "resource", list: member("ListNotes") },
    "example.parcels#Search": operation("Search", "GET", "/parcels?view=short"),
    "example.parcels#SearchInput": structure({
      state: member("States", { "smithy.api#httpQuery": "state" }),
      since: { target: "smithy.api#Timestamp", traits: { "smithy.api#httpQuery": "since" } },
      limit: {
        target: "example.parcels#Limit",
        traits: { "smithy.api#httpQuery": "max-results", "smithy.api#default": 10 },
      },
      filters: member("Filters", { "smithy.api#httpQueryParams": {} }),
      changed: { target: "smithy.api#Timestamp", traits: { "smithy.api#httpHeader": "If-Modified-Since" } },
      tags: member("Tags", { "smithy.api#httpHeader": "X-Tags" }),
      note: member("Markup", { "smithy.api#httpHeader": "X-Note" }),
      hints: member("Filters", { "smithy.api#httpPrefixHeaders": "X-Hint-" }),
    }),
    "example.parcels#PutParcel": operation("PutParcel", "PUT", "/depots/{depot}/parcels/{parcelId+}", {
      "smithy.api#endpoint": { hostPrefix: "write." },
    }),
    "example.parcels#PutParcelInput": structure({
      depot: string({ ...required, "smithy.api#httpLabel": {} }),
      parcelId: string({ ...required, "smithy.api#httpLabel": {}, "smithy.api#documentation": "Which" }),
      weight: { target: "example.parcels#Weight", traits: { ...required, "smithy.api#jsonName": "weight_kg" } },
      due: { target: "smithy.api#Timestamp" },
      sent: { target: "smithy.api#Timestamp", traits: { "smithy.api#timestampFormat": "date-time" } },
      receiver: member("Receiver"),
      contents: member("Contents"),
      picture: { target: "smithy.api#Blob" },
      extra: { target: "smithy.api#Document" },
    }),
    "example.parcels#GetParcel": operation("GetParcel", "GET", "/parcels/{parcelId}"),
    "example.parcels#GetParcelInput": structure({ parcelId: string({ ...required, "smithy.api#httpLabel": {} }) }),
    "example.parcels#ListNotes": operation("ListNotes", "POST", "/parcels/{parcelId}/notes"),
    "example.parcels#ListNotesInput": structure({
      parcelId: string({ ...required, "smithy.api#httpLabel": {} }),
      query: member("Receiver", { "smithy.api#httpPayload": {} }),
    }),
    "example.parcels#Label": operation("Label", "POST", "/labels"),
    "example.parcels#LabelInput": structure({
      label: { target: "example.parcels#Print", traits: { "smithy.api#httpPayload": {} } },
    }),
    "example.parcels#Register": operation("Register", "POST", "/people"),
    "example.parcels#RegisterInput": structure({ person: member("Person", { "smithy.api#httpPayload": {} }) }),
    "example.parcels#Watch": {
      ...operation("Watch", "GET", "/watch"),
      output: { target: "example.parcels#WatchOutput" },
    },
    "example.parcels#WatchInput": structure({}),
    "example.parcels#WatchOutput": structure({ events: member("Events", { "smithy.api#httpPayload": {} }) }),
    "example.parcels#Events": {
      type: "union",
      members: { moved: member("Contents") },
      traits: { "smithy.api#streaming": {} },
    },
    "example.parcels#State": enumOf("open", "sent"),
    "example.parcels#States": { type: "list", member: member("State"), traits: { "smithy.api#length": { max: 3 } } },
    "example.parcels#Tags": { type: "list", member: string() },
    "example.parcels#Limit": { type: "integer", traits: { "smithy.api#range": { min: 1, max: 100 } } },
    "example.parcels#Weight": { type: "double", traits: { "smithy.api#range": { min: 0 } } },
    "example.parcels#Zip": {
      type: "string",
      traits: { "smithy.api#pattern": "^[0-9]{5}$", "smithy.api#length": { min: 5, max: 5 } },
    },
    "example.parcels#Filters": { type: "map", key: string(), value: string() },
    "example.parcels#Receiver": { type: "union", members: { shop: string(), person: member("Person") } },
    "example.parcels#Person": structure({ name: string(required), zip: member("Zip") }),
    "example.parcels#Contents": structure({
      what: string(),
      packed: { target: "smithy.api#Timestamp", traits: { "smithy.api#jsonName": "packed_at" } },
      inside: member("Boxes"),
    }),
    "example.parcels#Boxes": { type: "list", member: member("Contents") },
    "example.parcels#Markup": { type: "string", traits: { "smithy.api#mediaType": "text/html" } },
    "example.parcels#Print": { type: "blob", traits: { "smithy.api#mediaType": "application/zpl" } },
  },
};
