#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <functional>
#include <thread>
#include <type_traits>

#include "app/commands/command.h"
#include "app/commands/engine/heartbeat.h"
#include "app/commands/engine/picture_detector.h"
#include "app/commands/engine/run_support.h"
#include "core/base/error.h"
#include "core/base/log.h"
#include "core/models/predictor.h"
#include "core/nn/blocks/threads.h"
#include "core/protocol/session.h"
#include "core/vision/picture_header.h"

namespace mnerva::app {
namespace {

using nlohmann::json;
using protocol::PredictRequest;
using protocol::PredictResult;

constexpr auto kLongestGoodbye = std::chrono::seconds(2);

/// Writes all of it, or gives up when nobody reads any more.
bool writeAll(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// Frames alone may go to standard output: keeps it for us and lets whatever a library prints go to standard error.
int claimStandardOutput() {
    const int kept = ::dup(STDOUT_FILENO);
    if (kept < 0 || ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
        throw Error(ErrorCode::Internal, {"standard output cannot be kept"});
    return kept;
}

/// The work behind the requests: one model at a time. Used from the worker thread only.
class Model {
public:
    json operator()(const protocol::LoadRequest& request, const ProgressSink& progress, const std::stop_token&) {
        if (request.dtype != "f32") throw Error(ErrorCode::OptionInvalid, {"dtype", request.dtype, "f32"});
        if (request.weights != "best" && request.weights != "last")
            throw Error(ErrorCode::OptionInvalid, {"weights", request.weights, "best or last"});
        const auto weights = request.weights == "last" ? models::Weights::Last : models::Weights::Best;
        report(progress, "loading", 0, 1);
        m_predictor.reset();  // before the next one comes: two large models may not fit
        {  // reading a large model says nothing, and the window takes two minutes of silence for death
            const Heartbeat heartbeat(kHeartbeat, [&] { report(progress, "loading", 0, 1); });
            m_predictor = models::Predictor::load(request.runFolder, request.device, weights);
        }
        m_boxes = boxUseOption(boxesOfRun(request.runFolder));
        report(progress, "loading", 1, 1);
        return {{"system", m_predictor->system()},
                {"options", m_predictor->options()},
                {"tagNames", m_predictor->tagNames()},
                {"explains", m_predictor->explains()}};
    }

    json operator()(const PredictRequest& request, const ProgressSink& progress, const std::stop_token& stop) {
        if (!m_predictor) throw Error(ErrorCode::ProtocolInvalid, {"predict came before load"});
        std::vector<int> kept;  // where in the request the regions are that the run may see
        const PostInput post = seenBy(request.post, m_boxes, &kept);
        auto predictions = m_predictor->predictMany(
            {&post, 1}, {request.wantMarginals, request.wantAttention, false, request.cover}, progress, stop);
        if (predictions.size() != 1) throw Error(ErrorCode::Internal, {"one prediction expected"});
        for (int& region : predictions[0].regions)
            if (region >= 0) region = kept[static_cast<std::size_t>(region)];
        for (int& region : predictions[0].cropRegions) region = kept[static_cast<std::size_t>(region)];
        Findings findings = m_predictor->takeFindings();
        noteCut({}, request.post.words, predictions[0], findings);
        return toJson(PredictResult{std::move(predictions[0]), m_predictor->tagNames(), findings.list()});
    }

    /// `part` sends what is done already.
    json explain(const protocol::ExplainRequest& request, const ProgressSink& progress, const std::stop_token& stop,
                 const std::function<void(json)>& part) {
        if (!m_predictor) throw Error(ErrorCode::ProtocolInvalid, {"explain came before load"});
        const models::Explained found = m_predictor->explain(seenBy(request.post, m_boxes), request.query, progress,
                                                             stop, [&](const Target& target, const Attribution& of) {
                                                                 part(toJson(protocol::ExplainResult{target, {of}}));
                                                             });
        return toJson(protocol::ExplainResult{found.target, found.attributions, m_predictor->takeFindings().list()});
    }

    json operator()(const protocol::DetectRequest& request, const ProgressSink& progress, const std::stop_token& stop) {
        const DetectorChoice choice{request.detector, request.namesFile, {request.minScore}};
        report(progress, "loading", 0, 1);
        if (!m_detector || m_detector->choice() != choice) {
            m_detector.reset();
            const Heartbeat heartbeat(kHeartbeat, [&] { report(progress, "loading", 0, 1); });
            m_detector = std::make_unique<PictureDetector>(choice, std::filesystem::path());
        }
        if (stop.stop_requested()) throw Cancelled{};
        report(progress, "detecting", 0, 1);
        const std::string name = request.imageBytes.empty() ? request.imagePath : "(sent)";
        const std::string read = request.imageBytes.empty() ? vision::readPictureFile(name) : std::string();
        const std::string& bytes = request.imageBytes.empty() ? read : request.imageBytes;
        vision::readPictureHeader(bytes, name);  // says what is wrong with a picture: its kind, its size
        Findings findings;
        const auto found = m_detector->ofBytes(bytes, name, findings);
        if (stop.stop_requested()) throw Cancelled{};
        if (!found)
            throw Error(ErrorCode::ImageUnreadable,
                        {name, findings.isEmpty() ? std::string() : findings.list().back().text});
        report(progress, "detecting", 1, 1);
        protocol::DetectResult result{m_detector->name(), m_detector->fingerprint(), found->width, found->height, {}};
        for (const Region& region : m_detector->regionsOf(*found, 0))
            result.boxes.push_back(
                {region.left, region.top, region.width, region.height, region.label, region.score.value_or(0)});
        return toJson(result);
    }

    json operator()(const protocol::UnloadRequest&, const ProgressSink&, const std::stop_token&) {
        m_predictor.reset();
        m_detector.reset();
        return json::object();
    }

private:
    std::unique_ptr<models::Predictor> m_predictor;
    BoxUse m_boxes = BoxUse::All;                 ///< what the loaded run was trained with
    std::unique_ptr<PictureDetector> m_detector;  ///< the one asked for last
};

void workThrough(protocol::Session& session) {
    Model model;
    while (const auto job = session.take())
        session.finish(*job, [&](const ProgressSink& progress) {
            const std::stop_token stop = job->stop.get_token();
            if (const auto* asked = std::get_if<protocol::ExplainRequest>(&job->request))
                return model.explain(*asked, progress, stop,
                                     [&](json part) { session.sendPart(*job, std::move(part)); });
            return std::visit(
                [&](const auto& request) -> json {
                    if constexpr (std::is_same_v<decltype(request), const protocol::ExplainRequest&>)
                        throw Error(ErrorCode::Internal, {"explain was answered already"});
                    else
                        return model(request, progress, stop);
                },
                job->request);
        });
}

/// Hands every message that arrives to the session; returns when it is over.
int readUntilTheEnd(protocol::Session& session, const std::stop_token& stop) {
    protocol::FrameDecoder decoder;
    std::array<char, 1 << 16> buffer{};
    while (!stop.stop_requested()) {
        pollfd input{STDIN_FILENO, POLLIN, 0};
        const int ready = ::poll(&input, 1, kPollMs);
        if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
        const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return 0;  // who started us is gone
        decoder.feed({buffer.data(), static_cast<std::size_t>(count)});
        for (bool more = true; more;) {
            try {
                const auto message = decoder.next();
                more = message.has_value();
                if (more && session.receive(*message) == protocol::Session::After::Quit) return 0;
            } catch (const Error& error) {
                session.reject(error);
                if (error.code() == ErrorCode::ProtocolTooLarge) return 1;
            }
        }
    }
    return 130;
}

int serve(const Context& context, int threads) {
    const int output = claimStandardOutput();
    nn::ThreadOptions options;
    options.threads = threads;
    options.measure = false;  // an answer to hello should not wait for a measurement
    const nn::SpeedReport speed = nn::chooseThreads(options);
    const auto send = [output](const json& message) {
        std::string frame;
        try {
            frame = protocol::encodeFrame(message);
        } catch (const Error& error) {  // an answer too large for one frame
            frame = protocol::encodeFrame(protocol::errorMessage(message.value("id", std::int64_t{0}), error));
        }
        // Nobody reads any more: standard input closes next and ends us.
        static_cast<void>(writeAll(output, frame));
    };
    log::note("serving", {{"threads", std::to_string(speed.threads)}});
    protocol::Session session(
        send,
        {{"program", "mnerva-cli"}, {"processId", ::getpid()}, {"threads", speed.threads}, {"devices", speed.devices}});
    std::jthread worker([&] { workThrough(session); });
    const int status = readUntilTheEnd(session, context.stop);
    session.close();
    log::note("served", {{"status", std::to_string(status)}});
    // Loading cannot be stopped half-way, and nothing it does outlives the process.
    if (!session.waitIdle(kLongestGoodbye)) std::_Exit(status);
    return status;
}

}  // namespace

void addServe(CLI::App& app, Context& context) {
    CLI::App* command =
        app.add_subcommand("serve", "Answer requests on standard input and output: the window's engine");
    auto threads = std::make_shared<int>(0);
    command->add_option("--threads", *threads, "Processor threads (0: all this process may use)")
        ->check(CLI::Range(0, 1024));
    command->callback([&context, threads] { context.run = [&context, threads] { return serve(context, *threads); }; });
}

}  // namespace mnerva::app
