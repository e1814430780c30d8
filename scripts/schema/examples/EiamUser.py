import pulumi
import pulumi_alicloud_users as users

carol = users.EiamUser(
    "carol",
    instance_id="idaas_demo0001",
    username="carol",
    display_name="Carol Danvers",
    password=pulumi.Config().require_secret("carolPassword"),
    email="carol@example.com",
    email_verified=True,
    custom_fields={"nick_name": "Caz"},
)

pulumi.export("carolId", carol.user_id)
