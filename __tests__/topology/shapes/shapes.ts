import { BASE, server } from "./base";

export type Files = Readonly<Record<string, string>>;

/** The same system as others write it, and with every block written out. */
export interface Shape {
  readonly files: Files;
  readonly expanded: Files;
}

const SERVERS: readonly (readonly [name: string, protocol: string, description: string])[] = [
  ["orders", "MCP", "Looks orders up"],
  ["reports", "HTTP", "Writes reports"],
];

const EXPANDED: Files = { "main.tf": BASE + SERVERS.map((each) => server(...each)).join("") };

/** What makes a runtime and its target of variables. */
const SERVER_MODULE = `
variable "server" {
  type = object({ name = string, protocol = optional(string, "MCP"), description = string })
}
variable "shared" {
  type = any
}

${server("this", "MCP", "")
  .replace('agent_runtime_name = "this"', "agent_runtime_name = var.server.name")
  .replace('server_protocol = "MCP"', "server_protocol = var.server.protocol")
  .replace('name               = "this"', "name               = var.server.name")
  .replace('description        = ""', "description        = var.server.description")
  .replaceAll("depends_on = [aws_iam_role_policy.agentcore]", "")
  .replaceAll("aws_iam_role.agentcore.arn", "var.shared.role")
  .replaceAll("local.machines", "var.shared.discovery")
  .replaceAll("aws_cognito_user_pool_client.m2m.id", "var.shared.client")
  .replaceAll("aws_bedrockagentcore_gateway.tools.gateway_id", "var.shared.gateway")
  .replaceAll("aws_bedrockagentcore_oauth2_credential_provider.m2m.credential_provider_arn", "var.shared.provider")}

output "name" {
  value = aws_bedrockagentcore_gateway_target.this.name
}
`;

const SHARED = `{
    role      = aws_iam_role.agentcore.arn
    discovery = local.machines
    client    = aws_cognito_user_pool_client.m2m.id
    gateway   = aws_bedrockagentcore_gateway.tools.gateway_id
    provider  = aws_bedrockagentcore_oauth2_credential_provider.m2m.credential_provider_arn
  }`;

const YAML = SERVERS.map(
  ([name, protocol, description]) => `  - name: ${name}\n    protocol: ${protocol}\n    description: ${description}\n`,
).join("");

const YAML_AND_MODULES: Files = {
  "main.tf": `${BASE}
locals {
  servers = { for server in yamldecode(file("\${path.module}/servers.yaml")).servers : server.name => server }
}

module "server" {
  source     = "./server"
  for_each   = local.servers
  server     = each.value
  shared     = ${SHARED}
  depends_on = [aws_iam_role_policy.agentcore]
}

output "names" {
  value = sort([for server in module.server : server.name])
}
`,
  "servers.yaml": `servers:\n${YAML}`,
  "server/main.tf": SERVER_MODULE,
};

/** A module that makes all of its nested blocks of what it is given. */
const TARGETS_MODULE = `
variable "targets" {
  type = map(object({
    description = string
    endpoint    = string
    oauth       = optional(object({ provider = string, scopes = list(string) }))
  }))
}
variable "gateway" {
  type = string
}

resource "aws_bedrockagentcore_gateway_target" "this" {
  for_each           = var.targets
  name               = each.key
  description        = each.value.description
  gateway_identifier = var.gateway

  dynamic "credential_provider_configuration" {
    for_each = each.value.oauth[*]
    iterator = credential
    content {
      dynamic "oauth" {
        for_each = [credential.value]
        content {
          provider_arn = oauth.value.provider
          scopes       = oauth.value.scopes
        }
      }
    }
  }

  dynamic "target_configuration" {
    for_each = [each.value]
    content {
      dynamic "mcp" {
        for_each = { only = target_configuration.value }
        content {
          dynamic "mcp_server" {
            for_each = mcp.value.endpoint == null ? [] : [mcp.value.endpoint]
            content {
              endpoint = mcp_server.value
            }
          }
        }
      }
    }
  }
}
`;

const DYNAMIC: Files = {
  "main.tf": `${BASE}
variable "servers" {
  type = map(object({ protocol = string, description = string }))
  default = {
${SERVERS.map(([name, protocol, description]) => `    ${name} = { protocol = "${protocol}", description = "${description}" }`).join("\n")}
  }
}

resource "aws_bedrockagentcore_agent_runtime" "server" {
  for_each           = var.servers
  agent_runtime_name = each.key
  role_arn           = aws_iam_role.agentcore.arn

  dynamic "agent_runtime_artifact" {
    for_each = ["123456789012.dkr.ecr.us-east-1.amazonaws.com/tools:1"]
    content {
      dynamic "container_configuration" {
        for_each = [agent_runtime_artifact.value]
        content {
          container_uri = container_configuration.value
        }
      }
    }
  }

  network_configuration {
    network_mode = "PUBLIC"
  }

  dynamic "protocol_configuration" {
    for_each = each.value.protocol[*]
    content {
      server_protocol = protocol_configuration.value
    }
  }

  dynamic "authorizer_configuration" {
    for_each = [{ url = local.machines, clients = aws_cognito_user_pool_client.m2m[*].id }]
    content {
      custom_jwt_authorizer {
        discovery_url   = authorizer_configuration.value.url
        allowed_clients = authorizer_configuration.value.clients
      }
    }
  }

  depends_on = [aws_iam_role_policy.agentcore]
}

module "targets" {
  source  = "./targets"
  gateway = aws_bedrockagentcore_gateway.tools.gateway_id
  targets = {
    for name, runtime in aws_bedrockagentcore_agent_runtime.server : name => {
      description = var.servers[name].description
      endpoint    = "https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/\${urlencode(runtime.agent_runtime_arn)}/invocations"
      oauth = {
        provider = aws_bedrockagentcore_oauth2_credential_provider.m2m.credential_provider_arn
        scopes   = ["mcp/invoke"]
      }
    }
  }
  depends_on = [aws_iam_role_policy.agentcore]
}
`,
  "targets/main.tf": TARGETS_MODULE,
};

const NESTED: Files = {
  "main.tf": `${BASE}
module "platform" {
  source     = "./platform"
  shared     = ${SHARED}
  servers    = ${JSON.stringify(SERVERS.map(([name, protocol, description]) => ({ name, protocol, description })))}
  depends_on = [aws_iam_role_policy.agentcore]
}
`,
  "platform/main.tf": `
variable "servers" {
  type = list(object({ name = string, protocol = string, description = string }))
}
variable "shared" {
  type = any
}

module "first" {
  source = "../server"
  server = var.servers[0]
  shared = var.shared
}

module "others" {
  source     = "../server"
  count      = length(var.servers) - 1
  server     = var.servers[count.index + 1]
  shared     = var.shared
  depends_on = [module.first]
}
`,
  "server/main.tf": SERVER_MODULE,
};

/** Shapes of public modules. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  "dynamic blocks all the way down": { files: DYNAMIC, expanded: EXPANDED },
  "a YAML file and for_each over modules": { files: YAML_AND_MODULES, expanded: EXPANDED },
  "nested modules that wait for each other": { files: NESTED, expanded: EXPANDED },
};

const LAMBDA = `
locals {
  tools = {
    find = { description = "Finds", properties = { query = "string" }, required = ["query"] }
    open = { description = "Opens", properties = { title = "string", level = "number" }, required = [] }
  }
}

resource "aws_lambda_function" "tools" {
  for_each      = local.tools
  function_name = "tools-\${each.key}"
  role          = aws_iam_role.agentcore.arn
  handler       = "handler.main"
  runtime       = "python3.13"
  filename      = "code.zip"
}

resource "aws_iam_role_policy" "invoke" {
  name = "invoke"
  role = aws_iam_role.agentcore.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "lambda:InvokeFunction", Resource = [for f in aws_lambda_function.tools : f.arn] }]
  })
}

resource "aws_bedrockagentcore_gateway_target" "tools" {
  for_each           = local.tools
  name               = each.key
  gateway_identifier = aws_bedrockagentcore_gateway.tools.gateway_id

  credential_provider_configuration {
    gateway_iam_role {}
  }

  target_configuration {
    mcp {
      lambda {
        lambda_arn = aws_lambda_function.tools[each.key].arn

        tool_schema {
          inline_payload {
            name        = each.key
            description = each.value.description

            input_schema {
              type = "object"

              dynamic "property" {
                for_each = each.value.properties
                content {
                  name     = property.key
                  type     = property.value
                  required = contains(each.value.required, property.key)
                }
              }
            }
          }
        }
      }
    }
  }

  depends_on = [aws_iam_role_policy.invoke, aws_iam_role_policy.agentcore]
}
`;

/** Systems of which a plan hides texts, or values that are never kept. */
export const PLANNED: Readonly<Record<string, Files>> = {
  "functions by for_each, in a policy and with schemas by dynamic blocks": { "main.tf": BASE + LAMBDA },
  "a secret that is only written, given by a variable": {
    "main.tf":
      BASE.replace(
        "client_id     = aws_cognito_user_pool_client.m2m.id",
        "client_id_wo = var.client\n      client_credentials_wo_version = 1",
      )
        .replace("client_secret = aws_cognito_user_pool_client.m2m.client_secret", "client_secret_wo = var.secret")
        .replace(
          "discovery_url = local.machines",
          'discovery_url = "https://idp.example.com/.well-known/openid-configuration"',
        ) +
      'variable "client" {\n  default = "3n4b5urk1ft4fl3mg5e62d9ado"\n}\nvariable "secret" {\n  default   = "of nobody"\n  sensitive = true\n}\n',
  },
  "for_each over the instances of a resource": {
    "main.tf": `${BASE}${server("server", "MCP", "Serves")
      .replaceAll("aws_bedrockagentcore_agent_runtime.server.agent", "each.value.agent")
      .replace('["mcp/invoke"]', "aws_cognito_resource_server.mcp.scope_identifiers")
      .replace(
        'agent_runtime_name = "server"',
        'for_each           = { a = "MCP", b = "HTTP" }\n  agent_runtime_name = each.key',
      )
      .replace('server_protocol = "MCP"', "server_protocol = each.value")
      .replace(
        'name               = "server"',
        "for_each           = aws_bedrockagentcore_agent_runtime.server\n  name               = each.key",
      )}`,
  },
};
