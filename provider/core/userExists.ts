/** A create that was refused: the account has a user of that name already, and nothing shows that this create made it. */
export class UserExists extends Error {
  override readonly name = "UserExists";

  constructor(
    /** The id of the existing user. It is not called `id`: Pulumi takes an error with an `id` for a user that was made. */
    readonly existingId: string,
    message: string,
  ) {
    super(message);
  }
}
