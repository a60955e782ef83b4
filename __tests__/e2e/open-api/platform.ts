/** A document in the shape of a platform's public API: forty resources with five operations each, 200 in all. */
const RESOURCES = Array.from({ length: 40 }, (_, number) => `resource${number}`);

const id = { name: "id", in: "path", required: true, schema: { type: "string", minLength: 1 } };
const locale = { name: "X-Locale", in: "header", schema: { type: "string", enum: ["de-CH", "en-GB"] } };
const trace = { name: "X-Attempt", in: "header", schema: { type: "integer", minimum: 1 } };
const query = (name: string, schema: object, required = false) => ({ name, in: "query", required, schema });

const LISTED = [
  query("q", { type: "string" }, true),
  query("state", { type: "array", items: { type: "string", enum: ["open", "closed", "held back"] } }),
  query("ids", { type: "array", items: { type: "integer" } }),
  query("since", { type: "string", format: "date-time" }),
  query("on", { type: "string", format: "date" }),
  query("archived", { type: "boolean" }),
  query("ratio", { type: "number", minimum: 0, maximum: 1 }),
  query("page.size", { type: "integer", minimum: 1, maximum: 100 }),
];

const money = {
  type: "object",
  required: ["amount", "currency"],
  properties: { amount: { type: "number" }, currency: { type: "string", pattern: "^[A-Z]{3}$" } },
};
const item = {
  type: "object",
  additionalProperties: false,
  required: ["name"],
  properties: {
    name: { type: "string" },
    price: { $ref: "#/components/schemas/Money" },
    tags: { type: "array", items: { type: "string" }, uniqueItems: true },
    counts: { type: "array", items: { type: "array", items: { type: "integer" } } },
    labels: { type: "object", additionalProperties: { type: "string" } },
    due: { type: "string", format: "date-time" },
    owner: { type: ["string", "null"] },
    url: { type: "string", format: "uri" },
    nested: { type: "object", properties: { deep: { type: "array", items: { $ref: "#/components/schemas/Money" } } } },
  },
};

const responses = {
  "200": {
    description: "One of two",
    content: { "application/json": { schema: { oneOf: [{ type: "object" }, { type: "array", items: {} }] } } },
  },
};
const requestBody = {
  required: true,
  content: { "application/json": { schema: { $ref: "#/components/schemas/Item" } } },
};

export const PLATFORM = {
  openapi: "3.1.0",
  info: { title: "Platform", version: "2026-11-01" },
  servers: [{ url: "https://api.example.com/v1" }],
  paths: Object.fromEntries<object>(
    RESOURCES.flatMap((name) => [
      [
        `/${name}`,
        {
          parameters: [locale],
          get: { operationId: `list-${name}`, parameters: LISTED, responses },
          post: { operationId: `create-${name}`, parameters: [trace], requestBody, responses },
        },
      ],
      [
        `/${name}/{id}`,
        {
          parameters: [id, locale],
          get: { operationId: `get-${name}`, responses },
          put: { operationId: `replace-${name}`, requestBody, responses },
          delete: { operationId: `remove-${name}`, parameters: [query("force", { type: "boolean" })], responses },
        },
      ],
    ]),
  ),
  components: { schemas: { Money: money, Item: item } },
};
