# A gateway whose tools are Lambda functions, one for each entry of a map, and an agent whose role may not pull its image.
locals {
  name = "library-${terraform.workspace}"
  tools = {
    lend_book = {
      description = "Lends a book"
      arguments   = [{ name = "title", type = "string", required = true }, { name = "days", type = "number" }]
    }
    return_book = {
      description = "Takes a book back"
      arguments   = [{ name = "title", type = "string", required = true, description = "As on its cover" }]
    }
  }
}

data "aws_iam_policy_document" "trust" {
  for_each = toset(["lambda", "bedrock-agentcore"])
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["${each.key}.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "invoke" {
  statement {
    actions   = ["lambda:InvokeFunction"]
    resources = [for function in aws_lambda_function.tool : function.arn]
  }
}

data "archive_file" "code" {
  type        = "zip"
  source_dir  = "${path.module}/fn"
  output_path = "${path.module}/fn.zip"
}

resource "aws_cognito_user_pool" "readers" {
  name = local.name
}

resource "aws_cognito_user_pool_client" "readers" {
  name                = "desk"
  user_pool_id        = aws_cognito_user_pool.readers.id
  explicit_auth_flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
}

resource "aws_iam_role" "tool" {
  name               = "${local.name}-tool"
  assume_role_policy = data.aws_iam_policy_document.trust["lambda"].json
}

resource "aws_lambda_function" "tool" {
  for_each         = local.tools
  function_name    = "${local.name}-${replace(each.key, "_", "-")}"
  role             = aws_iam_role.tool.arn
  handler          = "index.${each.key}"
  runtime          = "nodejs22.x"
  filename         = data.archive_file.code.output_path
  source_code_hash = data.archive_file.code.output_base64sha256
}

resource "aws_iam_role" "gateway" {
  name               = "${local.name}-gateway"
  assume_role_policy = data.aws_iam_policy_document.trust["bedrock-agentcore"].json
}

resource "aws_iam_role_policy" "gateway" {
  role   = aws_iam_role.gateway.id
  policy = data.aws_iam_policy_document.invoke.json
}

resource "aws_bedrockagentcore_gateway" "desk" {
  name            = "${local.name}-desk"
  role_arn        = aws_iam_role.gateway.arn
  protocol_type   = "MCP"
  authorizer_type = "CUSTOM_JWT"
  authorizer_configuration {
    custom_jwt_authorizer {
      discovery_url   = "https://${aws_cognito_user_pool.readers.endpoint}/.well-known/openid-configuration"
      allowed_clients = [aws_cognito_user_pool_client.readers.id]
    }
  }
  depends_on = [aws_iam_role_policy.gateway]
}

resource "aws_bedrockagentcore_gateway_target" "tool" {
  for_each           = local.tools
  gateway_identifier = aws_bedrockagentcore_gateway.desk.gateway_id
  name               = replace(each.key, "_", "-")
  credential_provider_configuration {
    gateway_iam_role {}
  }
  target_configuration {
    mcp {
      lambda {
        lambda_arn = aws_lambda_function.tool[each.key].arn
        tool_schema {
          inline_payload {
            name        = each.key
            description = each.value.description
            input_schema {
              type = "object"
              dynamic "property" {
                for_each = each.value.arguments
                content {
                  name        = property.value.name
                  type        = property.value.type
                  required    = try(property.value.required, false)
                  description = try(property.value.description, null)
                }
              }
            }
          }
        }
      }
    }
  }
}

resource "aws_ecr_repository" "agent" {
  name = local.name
}

resource "aws_iam_role" "agent" {
  name               = "${local.name}-agent"
  assume_role_policy = data.aws_iam_policy_document.trust["bedrock-agentcore"].json
}

resource "aws_bedrockagentcore_agent_runtime" "agent" {
  agent_runtime_name = replace(local.name, "-", "_")
  role_arn           = aws_iam_role.agent.arn
  agent_runtime_artifact {
    container_configuration {
      container_uri = "${aws_ecr_repository.agent.repository_url}:v1"
    }
  }
  network_configuration {
    network_mode = "PUBLIC"
  }
  protocol_configuration {
    server_protocol = "HTTP"
  }
  environment_variables = { GATEWAY_URL = aws_bedrockagentcore_gateway.desk.gateway_url }
}

# It names nothing of the agent, and waits for it all the same.
resource "aws_bedrockagentcore_workload_identity" "agent" {
  name       = "${local.name}-agent"
  depends_on = [aws_bedrockagentcore_agent_runtime.agent]
}

output "gateway_url" {
  value = aws_bedrockagentcore_gateway.desk.gateway_url
}

output "inbound_user_pool_id" {
  value = aws_cognito_user_pool.readers.id
}

output "inbound_client_id" {
  value = aws_cognito_user_pool_client.readers.id
}
