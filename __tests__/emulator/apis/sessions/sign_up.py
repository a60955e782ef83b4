cognito = client("cognito-idp")
pool = dict(UserPoolId=cognito.create_user_pool(PoolName="people", AutoVerifiedAttributes=["email"])["UserPool"]["Id"])
flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_AUTH"]
client_id = cognito.create_user_pool_client(
    ClientName="app", ExplicitAuthFlows=flows, PreventUserExistenceErrors="ENABLED", **pool
)["UserPoolClient"]["ClientId"]
me = dict(ClientId=client_id, Username="me")
sign_up = dict(Password="TestPass123!", UserAttributes=[{"Name": "email", "Value": "test@example.com"}], **me)
show(signUp=cognito.sign_up(**sign_up))
show(
    taken=refusal(cognito.sign_up, **sign_up),
    weak=refusal(cognito.sign_up, **{**sign_up, "Username": "you", "Password": "short"}),
)
password = dict(
    ClientId=client_id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters={"USERNAME": "me", "PASSWORD": "TestPass123!"}
)
show(unconfirmed=refusal(cognito.initiate_auth, **password))
show(wrongCode=refusal(cognito.confirm_sign_up, ConfirmationCode="none", **me))
show(resent=cognito.resend_confirmation_code(**me)["CodeDeliveryDetails"])
show(pool=pool["UserPoolId"], client=client_id)
