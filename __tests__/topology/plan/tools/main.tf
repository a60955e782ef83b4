# What is harder to follow in a plan: modules, for_each, count, local values, documents, hidden texts of every kind.

provider "aws" {
  region = "eu-central-1"
}

data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

locals {
  tools      = { search = "Finds", report = "Writes" }
  gateway_id = aws_bedrockagentcore_gateway.main.gateway_id
}

resource "terraform_data" "suffix" {}

module "people" {
  source = "./auth"
  name   = "people"
}

module "machines" {
  source = "./auth"
  count  = 1
  name   = "machines"
  domain = "machines-${terraform_data.suffix.id}"
}

resource "aws_ecr_repository" "tools" {
  name = "tools"
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["bedrock-agentcore.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

data "aws_iam_policy_document" "pull" {
  statement {
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }
  statement {
    actions   = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = [aws_ecr_repository.tools.arn]
  }
}

resource "aws_iam_role" "this" {
  for_each           = toset(["gateway", "runtime"])
  name               = "tools-${each.key}"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "runtime" {
  name   = "pull"
  role   = aws_iam_role.this["runtime"].id
  policy = data.aws_iam_policy_document.pull.json
}

resource "aws_iam_role_policy" "gateway" {
  name = "identity"
  role = aws_iam_role.this["gateway"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = ["bedrock-agentcore:GetWorkloadAccessToken", "bedrock-agentcore:GetResourceOauth2Token"]
        Resource = concat([for tool in module.tool : tool.provider_arn], [
          "arn:aws:bedrock-agentcore:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:workload-identity-directory/default",
          "arn:aws:bedrock-agentcore:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:token-vault/default",
          aws_bedrockagentcore_gateway.main.workload_identity_details[0].workload_identity_arn,
        ])
      },
      { Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = [for tool in module.tool : tool.secret_arn] },
      { Effect = "Allow", Action = "lambda:InvokeFunction", Resource = aws_lambda_function.orders[0].arn },
    ]
  })
}

resource "aws_bedrockagentcore_gateway" "main" {
  name            = "tools"
  role_arn        = aws_iam_role.this["gateway"].arn
  authorizer_type = "CUSTOM_JWT"
  protocol_type   = "MCP"

  authorizer_configuration {
    custom_jwt_authorizer {
      discovery_url   = module.people.discovery_url
      allowed_clients = [module.people.client_id]
    }
  }
}

module "tool" {
  source        = "./tool"
  for_each      = local.tools
  name          = each.key
  role_arn      = aws_iam_role.this["runtime"].arn
  pool          = module.machines[0]
  discovery_url = module.machines[0].discovery_url
  client_id     = module.machines[0].client_id
  client_secret = module.machines[0].client_secret
  domain        = module.machines[0].domain
  depends_on    = [aws_iam_role_policy.runtime, aws_ecr_repository.tools]
}

resource "aws_bedrockagentcore_gateway_target" "tool" {
  for_each           = local.tools
  name               = each.key
  description        = "${each.value} at ${module.tool[each.key].id}"
  gateway_identifier = aws_bedrockagentcore_gateway.main.gateway_id

  credential_provider_configuration {
    oauth {
      provider_arn = module.tool[each.key].provider_arn
      scopes       = module.machines[0].scopes
    }
  }

  target_configuration {
    mcp {
      mcp_server {
        endpoint = module.tool[each.key].endpoint
      }
    }
  }

  depends_on = [aws_iam_role_policy.gateway]
}

resource "aws_lambda_function" "orders" {
  count         = 1
  function_name = "orders"
  role          = aws_iam_role.this["runtime"].arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "orders.zip"
}

# Nothing calls it, so nobody asks what it is.
resource "aws_lambda_function" "report" {
  function_name = "report"
  role          = aws_iam_role.this["runtime"].arn
  package_type  = "Image"
  image_uri     = "${aws_ecr_repository.tools.repository_url}:report"
}

resource "aws_bedrockagentcore_gateway_target" "orders" {
  name               = "orders"
  gateway_identifier = local.gateway_id

  credential_provider_configuration {
    gateway_iam_role {}
  }

  target_configuration {
    mcp {
      lambda {
        lambda_arn = aws_lambda_function.orders[0].arn
        tool_schema {
          inline_payload {
            name        = "get_order"
            description = "Looks an order up"
            input_schema {
              type = "object"
            }
          }
        }
      }
    }
  }

  depends_on = [aws_iam_role_policy.gateway]
}

output "inbound_user_pool_id" {
  value = module.people.pool_id
}

output "inbound_client_id" {
  value = module.people.client_id
}

output "gateway_url" {
  value = aws_bedrockagentcore_gateway.main.gateway_url
}

output "names" {
  value = [for key, text in local.tools : "${key}: ${text}"]
}

output "inspector" {
  value = "npx @modelcontextprotocol/inspector ${aws_bedrockagentcore_gateway.main.gateway_url}"
}
