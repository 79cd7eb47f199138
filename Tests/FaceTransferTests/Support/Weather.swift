// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel

/// The messages that a job sends, for counts and scripted faults.
enum Call: Hashable {
    case identity, libraries, create, page, portrait, clear, download, store, batch, update, delete, detect
    case exportPage, exportChosen, downloadFile, records, exportRecords, stranger, person, clock
    case cameras, bind, cipher, kept, retention
}

/// What happens to one call.
enum Fault: Hashable {
    /// Nothing: the call goes through.
    case none
    /// The device answers a code of its own and does nothing.
    case refused(Int)
    /// No connection.
    case unreachable
    /// The connection breaks before the device acted.
    case lostBefore
    /// The connection breaks after the device acted.
    case lostAfter
    /// The request is larger than the device takes.
    case tooLarge
    /// The connection breaks while the request is sent.
    case cutOff
    /// The answer cannot be understood; the device did not act.
    case malformed
    /// The download is not there.
    case notFound
}

/// What somebody else does to a device while a job is at work.
enum Meddling {
    case drop(PortraitID)
    case rewrite(PortraitID, PersonAttributes)
    case place(PortraitID, PersonAttributes, [UInt8])
}

/// What becomes of a device's records between two pages of them.
struct RecordChange {
    /// Before which page it happens.
    let beforeCall: Int
    /// The ids of those that go.
    let gone: Set<String>
    /// Those that come.
    var new: [DeviceRecord] = []
    /// Whether those that come stand in front.
    var isNewestFirst = false
}

/// Somebody who removes portraits and adds others while the pages of a library are read.
struct Neighbour {
    /// Where a portrait that is added stands in the listing.
    enum Place: String, CaseIterable { case oldEnd, newEnd, anywhere }
    /// What is done in one go.
    enum Act: String, CaseIterable { case swap, addition, removal }

    let act: Act
    let place: Place
    /// How often something is done before a page is read.
    let probability: Double
    /// How often something is done in all.
    var rest: Int
    var numbers: SeededNumbers
    /// Who was removed.
    var removed: Set<PortraitID> = []
}

/// How a device behaves that a test speaks to; the defaults are those of the interface.
struct Weather {
    /// What a batch's result CSV says.
    enum ResultFile {
        /// The rows that failed.
        case failures
        /// All rows.
        case everything
        /// Nothing: it cannot be fetched.
        case missing
        /// Every row went through, whatever the count says.
        case lies
    }
    /// How a listing misbehaves; `shuffled` is another order for each page.
    enum Listing { case steady, totalGrows, repeats, totalTooHigh, totalTooLow, startIgnored, shuffled }
    /// Attributes that queries mask.
    enum Field { case name, identity, address }

    /// What somebody else does before the call of a kind that has this number is answered.
    var meddling: (call: Call, number: Int, act: Meddling)?
    /// Faults of the next calls of a kind, used up one by one.
    var faults: [Call: [Fault]] = [:]
    /// The code that single and batched rows of an id get, for as long as it stands here.
    var rowCodes: [PortraitID: Int] = [:]
    /// The code that a row gets in a batch only.
    var batchRowCodes: [PortraitID: Int] = [:]
    /// The device claims to have stored these and does not.
    var swallowed: Set<PortraitID> = []
    /// Ids that another library has, where ids are unique over all libraries (P2).
    var takenElsewhere: Set<PortraitID> = []
    /// The code that the detection of a face gives for a picture.
    var pictureCodes: [[UInt8]: Int] = [:]
    var resultFile = ResultFile.failures
    /// The reply's code is that of the first row that failed (B6).
    var codeOnError = false
    /// Rows after the first failure are not tried (B6).
    var stopsAtFirst = false
    /// How many lookups pass until a stored portrait shows (B7).
    var lookupsUntilShown = 0
    /// How many portraits the device takes (L2).
    var capacity = Int.max
    /// More images than this in a batch are too large for the device.
    var mostImages = Int.max
    /// More bytes of images than this in a call are too many for a proxy before the device.
    var mostBytes = Int.max
    /// Whether the connection breaks beyond that, without a word.
    var cutsOff = false
    var listing = Listing.steady
    /// How many portraits more there are than pages say (`total_lies`).
    var totalIsLowBy = 0
    /// Each page is read in a session of its own.
    var sessionsEnd = false
    /// Listings start with the newest (L8).
    var isDescending = false
    var masked: Set<Field> = []
    /// Clear attributes come masked too.
    var staysMasked = false
    /// How names are spoiled when they are stored.
    var spoilsName: (@Sendable (String) -> String)?
    /// Whether images are kept (1900, `face`).
    var keepsImages = true
    /// How images are changed when they are stored (P12).
    var reencodes: (@Sendable ([UInt8]) -> [UInt8])?
    /// The count of a library in the listing of libraries, where it lags (L9).
    var laggingCount: Int?
    /// Ids that exports leave out: chosen ones are named as failed, pages pass them over.
    var unexportable: Set<PortraitID> = []
    /// A page export holds at most so many, whatever was asked for (`export_short_page`).
    var exportPageLimit = Int.max
    /// Archives are gone after the first download (`tmp_expire`).
    var archivesExpire = false
    /// Queries for records return also what does not match (Q8).
    var ignoresFilters = false
    /// Records that exports leave out.
    var unexportableRecords: Set<String> = []
    /// What becomes of the records while they are listed.
    var recordChange: RecordChange?
    /// What 2057 says beyond 2053.
    var strangerExtras: [(String, String)] = []
    /// The only stranger who has a profile.
    var profileOwner: String?
    /// The firmware.
    var version = "2.4.0"
    /// After how many days portraits expire, 0 for never (1903).
    var retentionDays = 0
    /// The cameras, and the libraries they are bound to.
    var cameras: [Camera] = []
    /// What the device says that it encrypts archives with.
    var cipher = ArchiveCipher.aes256
    /// The device's clock as it prints it; without one, the device refuses to tell.
    var time: String?
    /// Makes an archive of the exported portraits and its password; without one it is a zip as the interface says.
    var packs: (@Sendable ([InMemoryDevice.Portrait]) throws -> (bytes: [UInt8], passphrase: Secret?))?
}

/// A small generator of numbers that are the same on every run (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
