import {updatesInPlace, variants} from './first-templates.js'

// The others take as long again, and are among the drills.
updatesInPlace(variants[0])
