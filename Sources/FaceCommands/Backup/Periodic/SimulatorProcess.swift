// SPDX-License-Identifier: Apache-2.0
import FaceFiles
internal import FaceModel
internal import Glibc

/// A simulated device of one's own, to restore into for a rehearsal.
///
/// It listens on a loopback port that the system chooses and knows one user, whose password was made for it and stands
/// in no argument. What it stores lies in a private folder that goes with it. If facelib is killed, the simulator sees
/// its standard input end and follows; its folder is swept by the next run that needs one.
struct SimulatorProcess: Sendable {
    /// Where it listens, such as `http://127.0.0.1:43117`.
    let url: String
    /// The user it knows.
    let user: String
    /// That user's password.
    let password: Secret

    /// Runs a simulator while a closure runs.
    ///
    /// - Parameters:
    ///   - folder: The ledger's folder; within it the simulator keeps its data.
    ///   - program: The simulator; ``program(beside:path:)`` finds it.
    ///   - startLimit: How long it may take until it listens.
    ///   - body: What to do with the simulator.
    /// - Returns: What the closure returns.
    /// - Throws: ``CommandError`` when it does not start, and what the closure throws; it is ended before.
    static func with<Value: Sendable>(
        dataIn folder: String,
        program: String,
        startLimit: Duration = .seconds(20),
        _ body: (SimulatorProcess) async throws -> Value
    ) async throws -> Value {
        let scratch = ScratchFolder(in: folder)
        defer { withExtendedLifetime(scratch) {} }
        let (password, data) = (PassphraseFile.generated(), try scratch.path())
        try write(password, to: "\(data)/password")
        let user = "facelib"
        let command = [
            program, "--port", "0", "--data", "\(data)/device", "--user", user, "--password-file", "\(data)/password",
            // What a device took must not be judged anew.
            "--no-decode", "--until-input-ends",
        ]
        return try await running(command) { output in
            let url = try await line(of: output, within: startLimit)
            return try await body(SimulatorProcess(url: url, user: user, password: password))
        }
    }

    /// Finds the simulator: beside facelib, else where programs are.
    ///
    /// - Parameters:
    ///   - executable: The file of the running facelib.
    ///   - path: The value of `PATH`.
    /// - Returns: The file of the simulator.
    /// - Throws: ``CommandError`` when there is none.
    static func program(beside executable: String?, path: String?) throws(CommandError) -> String {
        let besides = executable.map { $0 + "/../facelib-simulator" }.map { WorkingDirectory.absolute($0) }
        let inPath = (path ?? "").split(separator: ":").map { "\($0)/facelib-simulator" }
        for file in [besides].compactMap(\.self) + inPath where unsafe access(file, X_OK) == 0 { return file }
        throw .failed(
            "A rehearsal needs the program facelib-simulator, which is neither beside facelib nor in PATH; install it."
        )
    }

    private static func running<Value: Sendable>(
        _ command: [String],
        _ body: (ProgramPipe) async throws -> Value
    ) async throws -> Value {
        let (program, input, output) = try start(command)
        // The writing end of its input is closed by the system if facelib dies, and the simulator ends.
        defer { for pipe in [input, output] { pipe.close() } }
        let result: Result<Value, any Error>
        do { result = .success(try await body(output)) } catch { result = .failure(error) }
        await program.stop(grace: .seconds(5))
        return try result.get()
    }

    /// Starts it, with a pipe to it and one from it.
    private static func start(_ command: [String]) throws(CommandError) -> (StartedProgram, ProgramPipe, ProgramPipe) {
        var pipes: [ProgramPipe] = []
        do throws(StartedProgram.Problem) {
            for _ in 1...2 { pipes.append(try ProgramPipe()) }
            let program = try StartedProgram.start(
                command,
                input: pipes[0].reading,
                output: pipes[1].writing,
                hasOwnGroup: true
            )
            pipes[0].closeReading()
            pipes[1].closeWriting()
            return (program, pipes[0], pipes[1])
        } catch {
            for pipe in pipes { pipe.close() }
            throw .failed("The simulator \(command[0]) cannot be started: \(error.text).")
        }
    }

    /// Waits for the line with the URL.
    private static func line(of output: ProgramPipe, within limit: Duration) async throws -> String {
        let deadline = ContinuousClock.now + limit
        var said: [UInt8] = []
        while true {
            if let end = said.firstIndex(of: UInt8(ascii: "\n")) {
                return String(decoding: said[..<end], as: UTF8.self)
            }
            // What has come counts, however late a busy machine looks for it.
            if output.isReadable {
                let chunk = output.read()
                guard !chunk.isEmpty else { throw CommandError.failed("The simulator ended before it listened.") }
                said += chunk
            } else if ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(20))
            } else {
                throw CommandError.failed("The simulator does not listen after \(limit.components.seconds) s.")
            }
        }
    }

    private static func write(_ password: Secret, to path: String) throws(CommandError) {
        do {
            try TextFile.create(path, with: password.revealed + "\n")
        } catch {
            throw .failed("\(path) cannot be written: \(error.text).")
        }
    }
}
