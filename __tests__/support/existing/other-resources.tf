# A stack whose names end in what is random, beside resources that have nothing to do with AgentCore.
provider "aws" {
  region = "eu-central-1"
}

resource "random_id" "suffix" {
  byte_length = 4
}

resource "aws_kms_key" "tools" {
  description = "Tools"
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders-${random_id.suffix.hex}"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
}

resource "aws_bedrockagentcore_memory" "tools" {
  name                  = "tools_${random_id.suffix.hex}"
  event_expiry_duration = 30
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["bedrock-agentcore.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "tools" {
  name               = "tools-${random_id.suffix.hex}"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "tools" {
  statement {
    actions   = ["dynamodb:GetItem"]
    resources = [aws_dynamodb_table.orders.arn, "${aws_dynamodb_table.orders.arn}/index/*"]
  }
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.tools.arn]
  }
  statement {
    actions   = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:GetAuthorizationToken"]
    resources = ["*"]
  }
  statement {
    actions   = ["bedrock-agentcore:InvokeAgentRuntime", "bedrock-agentcore:GetWorkloadAccessToken"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "tools" {
  role   = aws_iam_role.tools.id
  policy = data.aws_iam_policy_document.tools.json
}

resource "time_sleep" "iam" {
  create_duration = "20s"
  triggers = {
    role_arn = aws_iam_role.tools.arn
  }
  depends_on = [aws_iam_role_policy.tools]
}

resource "aws_bedrockagentcore_agent_runtime" "tools" {
  agent_runtime_name = "tools_${random_id.suffix.hex}"
  role_arn           = time_sleep.iam.triggers["role_arn"]

  agent_runtime_artifact {
    container_configuration {
      container_uri = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/tools:1"
    }
  }

  environment_variables = {
    MEMORY_ID = aws_bedrockagentcore_memory.tools.id
    TABLE     = aws_dynamodb_table.orders.name
  }

  network_configuration {
    network_mode = "PUBLIC"
  }

  protocol_configuration {
    server_protocol = "MCP"
  }

  depends_on = [aws_iam_role_policy.tools]
}

resource "aws_bedrockagentcore_gateway" "tools" {
  name            = "tools-${random_id.suffix.hex}"
  role_arn        = time_sleep.iam.triggers["role_arn"]
  protocol_type   = "MCP"
  authorizer_type = "AWS_IAM"
}

resource "aws_bedrockagentcore_gateway_target" "tools" {
  name               = "tools"
  gateway_identifier = aws_bedrockagentcore_gateway.tools.gateway_id

  credential_provider_configuration {
    gateway_iam_role {
      service = "bedrock-agentcore"
    }
  }

  target_configuration {
    mcp {
      mcp_server {
        endpoint = "https://bedrock-agentcore.eu-central-1.amazonaws.com/runtimes/${urlencode(aws_bedrockagentcore_agent_runtime.tools.agent_runtime_arn)}/invocations?qualifier=DEFAULT"
      }
    }
  }
}

output "gateway_url" {
  value = aws_bedrockagentcore_gateway.tools.gateway_url
}
