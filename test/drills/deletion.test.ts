import {testDrills} from './harness/drills.js'
import {deletion} from './table/deletion.js'

testDrills(deletion)
