# Beside article.tf: a gateway that everybody may call, with targets that are no MCP servers, and policies of resources.
resource "aws_iam_role" "apis" {
  name               = "apis"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_role_policy" "apis" {
  name = "apis"
  role = aws_iam_role.apis.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = [
        "bedrock-agentcore:GetResourceApiKey",
        "bedrock-agentcore:GetWorkloadAccessToken",
        "execute-api:Invoke",
        "lambda:InvokeFunction",
        "secretsmanager:GetSecretValue",
      ]
      Resource = "*"
    }]
  })
}
resource "aws_bedrockagentcore_gateway" "apis" {
  name            = "apis"
  role_arn        = aws_iam_role.apis.arn
  protocol_type   = "MCP"
  authorizer_type = "NONE"
}
resource "aws_bedrockagentcore_resource_policy" "apis" {
  resource_arn = aws_bedrockagentcore_gateway.apis.gateway_arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "bedrock-agentcore:InvokeGateway", Resource = "*" },
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "bedrock-agentcore:InvokeGateway"
        Resource  = "*"
        Condition = { Bool = { "aws:SecureTransport" = tostring(var.newer_description == "second") } }
      },
    ]
  })
}
resource "aws_bedrockagentcore_resource_policy" "mcp_server" {
  resource_arn = aws_bedrockagentcore_agent_runtime.mcp_server.agent_runtime_arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["bedrock-agentcore:InvokeAgentRuntime", var.newer_description == "second" ? "bedrock-agentcore:GetAgentCard" : "bedrock-agentcore:InvokeAgentRuntimeForUser"]
      Resource  = aws_bedrockagentcore_agent_runtime.mcp_server.agent_runtime_arn
    }]
  })
}

# A stage of API Gateway, called by the gateway's role and by a key.
resource "aws_api_gateway_rest_api" "pets" {
  name        = "pets"
  description = var.newer_description
  tags        = { team = var.newer_description }
  body = jsonencode({
    openapi    = "3.0.1"
    info       = { title = "Pets", version = "1" }
    components = { securitySchemes = { sigv4 = { type = "apiKey", name = "Authorization", in = "header", "x-amazon-apigateway-authtype" = "awsSigv4" } } }
    paths = {
      "/pets" = { get = { operationId = "ListPets", parameters = [{ name = "type", in = "query", schema = { type = "string" } }] } }
      "/pets/{petId}" = {
        post = {
          operationId = "ChangePet"
          security    = [{ sigv4 = [] }]
          parameters  = [{ name = "petId", in = "path", required = true, schema = { type = "string" } }]
        }
      }
    }
  })
  endpoint_configuration { types = ["REGIONAL"] }
}
resource "aws_api_gateway_deployment" "pets" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  description = var.newer_description
}
resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = aws_api_gateway_rest_api.pets.id
  deployment_id = aws_api_gateway_deployment.pets.id
  stage_name    = "prod"
  description   = var.newer_description
  tags          = { team = var.newer_description }
}
resource "aws_bedrockagentcore_gateway_target" "pets" {
  name               = "pets"
  gateway_identifier = aws_bedrockagentcore_gateway.apis.gateway_id
  credential_provider_configuration {
    gateway_iam_role {}
  }
  target_configuration {
    mcp {
      api_gateway {
        rest_api_id = aws_api_gateway_rest_api.pets.id
        stage       = aws_api_gateway_stage.prod.stage_name
        api_gateway_tool_configuration {
          tool_filter {
            filter_path = "/*"
            methods     = ["GET", "POST"]
          }
          tool_override {
            path        = "/pets/{petId}"
            method      = "POST"
            name        = "RenamePet"
            description = var.newer_description
          }
        }
      }
    }
  }
  depends_on = [aws_iam_role_policy.apis]
}

# A stage of an API in resources and methods.
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}
resource "aws_api_gateway_model" "order" {
  rest_api_id  = aws_api_gateway_rest_api.orders.id
  name         = "Order"
  description  = var.newer_description
  content_type = "application/json"
  schema       = jsonencode({ type = "object", properties = { item = { type = "string" } } })
}
resource "aws_api_gateway_resource" "orders" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  parent_id   = aws_api_gateway_rest_api.orders.root_resource_id
  path_part   = "orders"
}
resource "aws_api_gateway_resource" "order" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  parent_id   = aws_api_gateway_resource.orders.id
  path_part   = "{orderId}"
}
resource "aws_api_gateway_resource" "internal" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  parent_id   = aws_api_gateway_resource.order.id
  path_part   = "internal-${var.newer_description}"
}
resource "aws_api_gateway_method" "change_order" {
  rest_api_id        = aws_api_gateway_rest_api.orders.id
  resource_id        = aws_api_gateway_resource.order.id
  http_method        = "PUT"
  authorization      = "AWS_IAM"
  operation_name     = "ChangeOrder"
  request_models     = { "application/json" = aws_api_gateway_model.order.name }
  request_parameters = { "method.request.header.X-Trace" = var.newer_description == "second", "method.request.path.orderId" = true }
}
resource "aws_api_gateway_method_response" "changed" {
  rest_api_id         = aws_api_gateway_rest_api.orders.id
  resource_id         = aws_api_gateway_resource.order.id
  http_method         = aws_api_gateway_method.change_order.http_method
  status_code         = "200"
  response_models     = { "application/json" = aws_api_gateway_model.order.name }
  response_parameters = { "method.response.header.ETag" = var.newer_description == "second" }
}
resource "aws_api_gateway_integration" "change_order" {
  rest_api_id             = aws_api_gateway_rest_api.orders.id
  resource_id             = aws_api_gateway_resource.order.id
  http_method             = aws_api_gateway_method.change_order.http_method
  type                    = "HTTP"
  integration_http_method = "POST"
  uri                     = "https://orders.example.com/${var.newer_description}"
  request_parameters      = { "integration.request.path.id" = "method.request.path.orderId" }
  request_templates       = { "application/json" = jsonencode({ order = var.newer_description }) }
  cache_key_parameters    = var.newer_description == "second" ? ["method.request.path.orderId"] : []
  timeout_milliseconds    = var.newer_description == "second" ? 500 : 29000
}
resource "aws_api_gateway_integration_response" "changed" {
  rest_api_id        = aws_api_gateway_rest_api.orders.id
  resource_id        = aws_api_gateway_resource.order.id
  http_method        = aws_api_gateway_integration.change_order.http_method
  status_code        = aws_api_gateway_method_response.changed.status_code
  selection_pattern  = var.newer_description == "second" ? "2.." : "200"
  response_templates = { "application/json" = "" }
}
resource "aws_api_gateway_deployment" "orders" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  triggers    = { change = var.newer_description }
  depends_on = [
    aws_api_gateway_integration.change_order,
    aws_api_gateway_integration.list_orders,
    aws_api_gateway_integration.audit,
  ]
  lifecycle { create_before_destroy = true }
}
resource "aws_api_gateway_stage" "orders" {
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  deployment_id = aws_api_gateway_deployment.orders.id
  stage_name    = "v1"
  variables     = { colour = var.newer_description }

  xray_tracing_enabled = var.newer_description == "second"
}

# Methods that want a key, or somebody whom an authorizer knows.
resource "aws_api_gateway_request_validator" "orders" {
  rest_api_id                 = aws_api_gateway_rest_api.orders.id
  name                        = var.newer_description
  validate_request_parameters = true
}
resource "aws_api_gateway_method" "list_orders" {
  rest_api_id          = aws_api_gateway_rest_api.orders.id
  resource_id          = aws_api_gateway_resource.orders.id
  http_method          = "GET"
  authorization        = "NONE"
  api_key_required     = true
  operation_name       = "ListOrders"
  request_validator_id = aws_api_gateway_request_validator.orders.id
}
resource "aws_api_gateway_integration" "list_orders" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  resource_id = aws_api_gateway_resource.orders.id
  http_method = aws_api_gateway_method.list_orders.http_method
  type        = "MOCK"
}
resource "aws_api_gateway_authorizer" "people" {
  rest_api_id                      = aws_api_gateway_rest_api.orders.id
  name                             = "people"
  type                             = "COGNITO_USER_POOLS"
  provider_arns                    = [aws_cognito_user_pool.outbound.arn]
  authorizer_result_ttl_in_seconds = var.newer_description == "second" ? 60 : 300
}
resource "aws_api_gateway_method" "audit" {
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  resource_id   = aws_api_gateway_resource.orders.id
  http_method   = "POST"
  authorization = "COGNITO_USER_POOLS"
  authorizer_id = aws_api_gateway_authorizer.people.id
}
resource "aws_api_gateway_integration" "audit" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  resource_id = aws_api_gateway_resource.orders.id
  http_method = aws_api_gateway_method.audit.http_method
  type        = "MOCK"
}
resource "aws_api_gateway_method_settings" "orders" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  stage_name  = aws_api_gateway_stage.orders.stage_name
  method_path = "*/*"
  settings {
    metrics_enabled        = true
    logging_level          = var.newer_description == "second" ? "ERROR" : "INFO"
    throttling_rate_limit  = 100
    throttling_burst_limit = 50
  }
}
resource "aws_api_gateway_api_key" "gateway" {
  name        = "gateway"
  description = var.newer_description
  tags        = { team = var.newer_description }
}
resource "aws_api_gateway_usage_plan" "orders" {
  name        = "orders"
  description = var.newer_description
  api_stages {
    api_id = aws_api_gateway_rest_api.orders.id
    stage  = aws_api_gateway_stage.orders.stage_name
  }
  throttle_settings {
    rate_limit  = var.newer_description == "second" ? 10 : 5
    burst_limit = 10
  }
  quota_settings {
    limit  = 1000
    period = "DAY"
  }
}
resource "aws_api_gateway_usage_plan_key" "gateway" {
  key_id        = aws_api_gateway_api_key.gateway.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.orders.id
}
resource "aws_bedrockagentcore_api_key_credential_provider" "orders" {
  name    = "orders"
  api_key = aws_api_gateway_api_key.gateway.value
}
resource "aws_bedrockagentcore_gateway_target" "orders_by_key" {
  name               = "orders-by-key"
  gateway_identifier = aws_bedrockagentcore_gateway.apis.gateway_id
  credential_provider_configuration {
    api_key {
      provider_arn              = aws_bedrockagentcore_api_key_credential_provider.orders.credential_provider_arn
      credential_parameter_name = "x-api-key"
    }
  }
  target_configuration {
    mcp {
      api_gateway {
        rest_api_id = aws_api_gateway_rest_api.orders.id
        stage       = aws_api_gateway_stage.orders.stage_name
        api_gateway_tool_configuration {
          tool_filter {
            filter_path = "/orders"
            methods     = ["GET"]
          }
        }
      }
    }
  }
  depends_on = [aws_iam_role_policy.apis]
}
resource "aws_bedrockagentcore_gateway_target" "orders" {
  name               = "orders"
  gateway_identifier = aws_bedrockagentcore_gateway.apis.gateway_id
  credential_provider_configuration {
    gateway_iam_role {}
  }
  target_configuration {
    mcp {
      api_gateway {
        rest_api_id = aws_api_gateway_rest_api.orders.id
        stage       = aws_api_gateway_stage.orders.stage_name
        api_gateway_tool_configuration {
          tool_filter {
            filter_path = "/orders/*"
            methods     = ["PUT"]
          }
        }
      }
    }
  }
  depends_on = [aws_iam_role_policy.apis]
}

# A Smithy model, called by the gateway's role.
resource "aws_bedrockagentcore_gateway_target" "parcels" {
  name               = "parcels"
  description        = var.newer_description
  gateway_identifier = aws_bedrockagentcore_gateway.apis.gateway_id
  credential_provider_configuration {
    gateway_iam_role {}
  }
  target_configuration {
    mcp {
      smithy_model {
        inline_payload { payload = file("${path.module}/model.json") }
      }
    }
  }
  depends_on = [aws_iam_role_policy.apis]
}

# An OpenAPI schema with an API key in either place, and a function with tools that are written out.
resource "aws_bedrockagentcore_gateway_target" "notes_by_key" {
  for_each           = { header = "HEADER", query = "QUERY_PARAMETER" }
  name               = "notes-by-${each.key}"
  gateway_identifier = aws_bedrockagentcore_gateway.apis.gateway_id
  credential_provider_configuration {
    api_key {
      provider_arn              = aws_bedrockagentcore_api_key_credential_provider.tagged.credential_provider_arn
      credential_location       = each.value
      credential_parameter_name = "key"
    }
  }
  target_configuration {
    mcp {
      open_api_schema {
        inline_payload { payload = local.notes }
      }
    }
  }
  depends_on = [aws_iam_role_policy.apis]
}
# The same schema in S3.
resource "aws_s3_bucket" "schemas" {
  bucket = "m2m-auth-demo-schemas"
}
resource "aws_s3_object" "notes" {
  bucket  = aws_s3_bucket.schemas.bucket
  key     = "notes.json"
  content = local.notes
}
resource "aws_bedrockagentcore_gateway_target" "notes_in_s3" {
  name               = "notes-in-s3"
  gateway_identifier = aws_bedrockagentcore_gateway.apis.gateway_id
  credential_provider_configuration {
    api_key {
      provider_arn              = aws_bedrockagentcore_api_key_credential_provider.tagged.credential_provider_arn
      credential_location       = "HEADER"
      credential_parameter_name = "key"
    }
  }
  target_configuration {
    mcp {
      open_api_schema {
        s3 { uri = "s3://${aws_s3_object.notes.bucket}/${aws_s3_object.notes.key}" }
      }
    }
  }
  depends_on = [aws_iam_role_policy.apis]
}
resource "aws_bedrockagentcore_gateway_target" "function" {
  name               = "function"
  gateway_identifier = aws_bedrockagentcore_gateway.apis.gateway_id
  credential_provider_configuration {
    gateway_iam_role {}
  }
  target_configuration {
    mcp {
      lambda {
        lambda_arn = aws_lambda_function.interceptor.arn
        tool_schema {
          inline_payload {
            name        = "ask"
            description = "Asks the function."
            input_schema { type = "object" }
          }
        }
      }
    }
  }
  depends_on = [aws_iam_role_policy.apis]
}

# A runtime that takes calls of one gateway alone.
resource "aws_bedrockagentcore_agent_runtime" "admitting" {
  agent_runtime_name = "admitting"
  role_arn           = aws_iam_role.runtime.arn
  agent_runtime_artifact {
    container_configuration { container_uri = "${aws_ecr_repository.mcp_server.repository_url}:latest" }
  }
  network_configuration { network_mode = "PUBLIC" }
  protocol_configuration { server_protocol = "MCP" }
  authorizer_configuration {
    custom_jwt_authorizer {
      discovery_url   = "${local.issuer}/${aws_cognito_user_pool.outbound.id}/.well-known/openid-configuration"
      allowed_clients = [aws_cognito_user_pool_client.m2m.id]
      allowed_workload_configuration {
        hosting_environment { arn = aws_bedrockagentcore_gateway.main.gateway_arn }
      }
    }
  }
  depends_on = [terraform_data.image, aws_iam_role_policy.runtime]
}
output "apis_gateway_url" { value = aws_bedrockagentcore_gateway.apis.gateway_url }
