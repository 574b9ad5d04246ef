import type { NatsPlace } from '../cluster/nats-place.js';
import type { DataFolder } from '../solo/data-folder.js';
import { shellQuote } from '../views/shell-quote.js';

/** Where a project is: a folder of this machine, or the log of a NATS server. `root` names it in messages. */
export type Place = DataFolder | NatsPlace;

/** How a command is told where. */
export interface PlaceOptions {
  readonly data?: string;
  readonly nats?: string;
  /** Of several on one server. */
  readonly project?: string;
}

export const isOnNats = (place: Place): place is NatsPlace => 'access' in place;

/** What has to be added to a command so that it means this place. */
export const placeOption = (place: Place, shown = place.root): string =>
  isOnNats(place)
    ? `--nats ${shellQuote(place.root)} --project ${shellQuote(place.project)}`
    : `--data ${shellQuote(shown)}`;
