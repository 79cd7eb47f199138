// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice
import FaceFiles
internal import FaceLedger
import FaceLibraries
import FaceRepository
import FaceSources
import FaceUpload

/// What a run ended with, as scripts see it; the table stands in `docs/exit-status.md`.
public enum ExitStatus: Int32, Sendable, Hashable, CaseIterable {
    /// Everything that was asked for is done.
    case success = 0
    /// Nothing was done, or not everything.
    case failed = 1
    /// Finished, but some rows were rejected.
    case rowsRejected = 3
    /// A safety guard stopped it; nothing changed.
    case stopped = 4
    /// The device could not be reached; the same command may succeed later.
    case unreachable = 5
    /// Login, certificate or permission was refused; trying again does not help.
    case refused = 6
    /// A verification found a difference.
    case different = 7
    /// Another run holds the lock.
    case locked = 8
    /// The command line makes no sense; correct it before trying again.
    case usage = 64
    /// Interrupted by a signal.
    case interrupted = 130

    /// One line on what the status means, as every command's help prints it.
    public var meaning: String {
        switch self {
        case .success: "all of it went through"
        case .failed: "error: nothing or not everything done"
        case .rowsRejected: "finished, some rows rejected"
        case .stopped: "a safety guard stopped it, nothing changed"
        case .unreachable: "device unreachable, try again"
        case .refused: "login, certificate, permission or passphrase refused"
        case .different: "a verification found a difference"
        case .locked: "another run holds the lock"
        case .usage: "wrong usage"
        case .interrupted: "interrupted"
        }
    }
}

extension ExitStatus {
    /// Whether taking the job up again may get further; after the others the command line or what it names must change.
    var mayPass: Bool {
        switch self {
        case .failed, .unreachable, .refused, .interrupted: true
        case .success, .rowsRejected, .stopped, .different, .locked, .usage: false
        }
    }
}

/// An error that knows the exit status it ends a run with.
public protocol ExitStatusProviding: Error {
    /// The status that a run ends with when this error ends it.
    var exitStatus: ExitStatus { get }
}

extension ExitStatus {
    /// The status that an error ends a run with; the only place where errors become statuses.
    ///
    /// - Parameter error: Whatever a command threw.
    public init(endingWith error: any Error) {
        self =
            switch error {
            case let error as any ExitStatusProviding: error.exitStatus
            case let error as DeviceError: Self(deviceError: error.code)
            case let error as LedgerError: error.code == .locked ? .locked : .failed
            case is SafetyStop: .stopped
            case let error as TargetError: error.code == .usage ? .usage : .failed
            case is LibraryError: .usage
            case let error as SourceError: Self(sourceError: error.code)
            case let error as RepositoryError: Self(repositoryError: error.code)
            case is CancellationError: .interrupted
            default: .failed
            }
    }

    private init(repositoryError code: RepositoryError.Code) {
        self =
            switch code {
            case .locked: .locked
            case .wrongPassphrase: .refused
            case .damaged: .different
            case .usage, .absent: .usage
            case .failed: .failed
            }
    }

    private init(sourceError code: SourceError.Code) {
        self =
            switch code {
            case .notFound, .unsupported: .usage
            case .wrongPassphrase: .refused
            default: .failed
            }
    }

    private init(deviceError code: DeviceError.Code) {
        self =
            switch code {
            case .unreachable, .replyLost, .loginUnanswered: .unreachable
            case .certificateRefused, .handshakeRefused, .loginRefused, .permissionRefused: .refused
            default: .failed
            }
    }

    /// The table of statuses that ends a command's help.
    ///
    /// - Parameter statuses: The statuses of the command besides 0, 1, 64 and 130, which all have.
    /// - Returns: A heading and a line for each status.
    static func table(_ statuses: ExitStatus...) -> String {
        let all = Set(statuses + [.success, .failed, .usage, .interrupted])
        let lines = allCases.filter(all.contains).map { status in
            let number = String(status.rawValue)
            return "  " + String(repeating: " ", count: 3 - number.count) + number + "  " + status.meaning
        }
        return (["EXIT STATUS:"] + lines).joined(separator: "\n")
    }
}
