resource "aws_ecr_repository" "mcp_server" {
  name                 = "${var.project_name}-mcp-server"
  image_tag_mutability = "MUTABLE"
  force_delete         = true

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_lifecycle_policy" "mcp_server" {
  repository = aws_ecr_repository.mcp_server.name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "Keep the last 5 images"
      selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 5 }
      action       = { type = "expire" }
    }]
  })
}

resource "terraform_data" "image" {
  triggers_replace = [aws_ecr_repository.mcp_server.repository_url]

  provisioner "local-exec" {
    command = "docker buildx build --platform linux/arm64 --push -t \"$IMAGE\" agent"
    environment = {
      IMAGE = "${aws_ecr_repository.mcp_server.repository_url}:latest"
    }
  }
}
