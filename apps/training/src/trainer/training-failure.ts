/** The training cannot succeed however often it is tried, for a reason that its owner can do something about. */
export class TrainingFailure extends Error {
  override readonly name = 'TrainingFailure';
}
