import type {RealmChange} from '../../results.js'

/** Told of each change once it is made. */
export type OnChange = (change: RealmChange) => void
