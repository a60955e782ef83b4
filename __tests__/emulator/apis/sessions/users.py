cognito = client("cognito-idp")
pool, client_id = dict(UserPoolId=values["pool"]), values["client"]
me = dict(ClientId=client_id, Username="me")
cognito.confirm_sign_up(ConfirmationCode=values["code"], **me)
show(again=refusal(cognito.confirm_sign_up, ConfirmationCode=values["code"], **me))
password = {"USERNAME": "me", "PASSWORD": "TestPass123!"}


def sign_in(**changes):
    parameters = {**password, **changes}
    return cognito.initiate_auth(ClientId=client_id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters)


group = dict(GroupName="readers", **pool)
cognito.create_group(Precedence=1, Description="They read", **group)
cognito.create_group(GroupName="others", **pool)
show(takenGroup=refusal(cognito.create_group, **group))
cognito.admin_add_user_to_group(Username="me", **group)
show(groups=[found["GroupName"] for found in cognito.admin_list_groups_for_user(Username="me", **pool)["Groups"]])
show(members=[user["Username"] for user in cognito.list_users_in_group(**group)["Users"]])
tokens = sign_in()["AuthenticationResult"]
show(tokens=tokens)
user = cognito.get_user(AccessToken=tokens["AccessToken"])
show(attributes={found["Name"]: found["Value"] for found in user["UserAttributes"] if found["Name"] != "sub"})
show(idTokenRefused=refusal(cognito.get_user, AccessToken=tokens["IdToken"]))
show(unknownUser=refusal(sign_in, USERNAME="nobody"), wrong=refusal(sign_in, PASSWORD="wrong"))

refresh = dict(ClientId=client_id, RefreshToken=tokens["RefreshToken"])
show(refreshed=sorted(cognito.get_tokens_from_refresh_token(**refresh)["AuthenticationResult"]))
show(notRefreshToken=refusal(cognito.revoke_token, ClientId=client_id, Token=tokens["AccessToken"]))
cognito.revoke_token(ClientId=client_id, Token=tokens["RefreshToken"])
show(revoked=refusal(cognito.get_tokens_from_refresh_token, **refresh))
show(revokedAccess=refusal(cognito.get_user, AccessToken=tokens["AccessToken"]))

first, second = sign_in()["AuthenticationResult"], sign_in()["AuthenticationResult"]
cognito.global_sign_out(AccessToken=first["AccessToken"])
show(signedOut=refusal(cognito.get_user, AccessToken=second["AccessToken"]))
administrator = dict(ClientId=client_id, AuthFlow="ADMIN_USER_PASSWORD_AUTH", AuthParameters=password)
by_admin = cognito.admin_initiate_auth(**administrator, **pool)["AuthenticationResult"]
cognito.change_password(
    AccessToken=by_admin["AccessToken"], PreviousPassword="TestPass123!", ProposedPassword="OtherPass123!"
)
password["PASSWORD"] = "OtherPass123!"
show(changed=sorted(sign_in()["AuthenticationResult"]))
show(adminFlowAlone=refusal(cognito.initiate_auth, **administrator))
show(
    srp=refusal(
        cognito.initiate_auth,
        ClientId=client_id,
        AuthFlow="USER_SRP_AUTH",
        AuthParameters={"USERNAME": "me", "SRP_A": "1"},
    )
)

for name in ("ann", "bob"):
    cognito.admin_create_user(Username=name, UserAttributes=[{"Name": "email", "Value": name + "@example.com"}], **pool)
pages = list(cognito.get_paginator("list_users").paginate(PaginationConfig={"PageSize": 2}, **pool))
show(users=[[found["Username"] for found in page["Users"]] for page in pages])
show(found=[found["Username"] for found in cognito.list_users(Filter='email ^= "ann@"', **pool)["Users"]])
show(badFilter=refusal(cognito.list_users, Filter="address = 1", **pool))
challenge = cognito.admin_initiate_auth(
    ClientId=client_id, AuthFlow="ADMIN_USER_PASSWORD_AUTH", AuthParameters=password, **pool
)
show(byAdmin=sorted(challenge["AuthenticationResult"]))
cognito.admin_set_user_password(Username="bob", Password="TempPass123!", Permanent=False, **pool)
asked = sign_in(USERNAME="bob", PASSWORD="TempPass123!")
answer = {"USERNAME": "bob", "NEW_PASSWORD": "BobsPass123!"}
responded = cognito.admin_respond_to_auth_challenge(
    ClientId=client_id,
    ChallengeName=asked["ChallengeName"],
    Session=asked["Session"],
    ChallengeResponses=answer,
    **pool
)
show(responded=sorted(responded["AuthenticationResult"]))
cognito.admin_disable_user(Username="bob", **pool)
show(disabled=refusal(sign_in, USERNAME="bob", PASSWORD="BobsPass123!"))
cognito.admin_delete_user(Username="bob", **pool)
show(deleted=refusal(cognito.admin_get_user, Username="bob", **pool))

cognito.sign_up(ClientId=client_id, Username="eve", Password="TestPass123!")
eve = dict(Username="eve", **pool)
cognito.admin_confirm_sign_up(**eve)
cognito.admin_update_user_attributes(UserAttributes=[{"Name": "name", "Value": "Eve"}], **eve)
found = cognito.admin_get_user(**eve)
show(eve=[found["UserStatus"], found["Enabled"], found["UserAttributes"][0]["Value"]])
cognito.admin_disable_user(**eve)
cognito.admin_enable_user(**eve)
token = sign_in(USERNAME="eve", PASSWORD="TestPass123!")["AuthenticationResult"]["AccessToken"]
cognito.admin_user_global_sign_out(**eve)
show(endedByAdmin=refusal(cognito.get_user, AccessToken=token))
cognito.admin_remove_user_from_group(Username="me", **group)
show(
    noMembers=cognito.list_users_in_group(**group)["Users"],
    described=cognito.get_group(**group)["Group"]["Description"],
)
cognito.delete_group(**group)
show(groupsLeft=[left["GroupName"] for left in cognito.list_groups(**pool)["Groups"]])
show(noGroup=refusal(cognito.admin_add_user_to_group, Username="me", **group))

choice = cognito.initiate_auth(ClientId=client_id, AuthFlow="USER_AUTH", AuthParameters={"USERNAME": "eve"})
show(choice=[choice["ChallengeName"], choice["AvailableChallenges"]])
chosen = dict(ClientId=client_id, ChallengeName="SELECT_CHALLENGE", Session=choice["Session"])
by_code = {"USERNAME": "eve", "ANSWER": "EMAIL_OTP"}
show(byCode=refusal(cognito.respond_to_auth_challenge, ChallengeResponses=by_code, **chosen))
by_password = {"USERNAME": "eve", "ANSWER": "PASSWORD", "PASSWORD": "TestPass123!"}
answered = cognito.respond_to_auth_challenge(ChallengeResponses=by_password, **chosen)
show(chosen=sorted(answered["AuthenticationResult"]))
show(chosenTwice=refusal(cognito.respond_to_auth_challenge, ChallengeResponses=by_password, **chosen))
preferred = {"USERNAME": "eve", "PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": "TestPass123!"}
direct = cognito.initiate_auth(ClientId=client_id, AuthFlow="USER_AUTH", AuthParameters=preferred)
show(preferred=sorted(direct["AuthenticationResult"]))
