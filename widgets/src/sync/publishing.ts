/** The contract of published reports. Twin of dynreports/workspace/publishing.py. */

/** What readers may do beyond looking. */
export interface Rights {
  period: boolean;
  segments: boolean;
  download: boolean;
  explore: boolean;
  records: boolean;
}

/** What readers of a published report are told of it. */
export interface Reading {
  /** Whose pages these are. */
  brand: string;
  /** Where the report is, and the list of all. */
  address: string;
  home: string;
  author: string;
  when: string;
  revision: number;
  note: string;
  rights: Rights;
  /** A copy to change at will; nothing of it is saved. */
  exploring: boolean;
}

/** How it stands with the publication of a report, for its author. */
export interface Publication {
  /** Where it is or would be; null: the report was never saved. */
  address: string | null;
  published: { when: string; author: string; revision: number; note: string } | null;
  rights: Rights;
}

export type PublishIntent = ({ verb: "publish"; note: string } & Rights) | { verb: "withdraw" };
export type PublicationQuestion = { verb: "publication" };
export interface PublicationAnswers {
  publication: Publication;
}
