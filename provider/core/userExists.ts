/** A create that was refused: the account has a user of that name already, and nothing shows that this create made it. */
export class UserExists extends Error {
  override readonly name = "UserExists";

  constructor(
    /** The id of the existing user. */
    readonly id: string,
    message: string,
  ) {
    super(message);
  }
}
