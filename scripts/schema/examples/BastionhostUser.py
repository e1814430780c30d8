import pulumi
import pulumi_alicloud_users as users

bob = users.BastionhostUser(
    "bob",
    instance_id="bastionhost-cn-demo0001",
    source="Local",
    user_name="bob",
    display_name="Bob Sawyer",
    password=pulumi.Config().require_secret("bobPassword"),
    two_factor_status="Enable",
    two_factor_methods=["totp"],
    effective_end_time="2027-12-31T23:59:59Z",
)

pulumi.export("bobId", bob.user_id)
