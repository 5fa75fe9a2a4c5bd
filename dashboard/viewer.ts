/** Whose screen it is: an advocate's, or an operator's when there is no participant. */
export type Viewer = { programId: string; participantId: string | null };
